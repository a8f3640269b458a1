"""The customer's people, licences, roles and groups, as wxcadm administers them."""

import wxcadm

from onboarding import NUMBERS
from walk import Walk, expect, expect_equal, uuid_of

SUBSCRIBERS = "v1/wholesale/subscribers"


def walk_through(walk: Walk, organization: wxcadm.Org, customer: wxcadm.wholesale.WholesaleCustomer) -> None:
    subscribers(walk, customer)
    licenses(walk, organization)
    found(walk, organization)
    created(walk, organization)
    calling(walk, organization)
    groups(walk, organization)


def subscribers(walk: Walk, customer: wxcadm.wholesale.WholesaleCustomer) -> None:
    office = customer.get_location(name="Head Office")

    with walk.step("three subscribers are added, one of them with nulls for what he does not have"):
        host = "harbor-view.example.com"
        calls = customer.add_subscriber(f"cora@{host}", "webex_calling", "Cora", "Calls", NUMBERS[1], "2001", office)
        expect_equal((calls["status"], calls["package"]), ("provisioned", "webex_calling"), "status and package")
        customer.add_subscriber(f"sam@{host}", "webex_suite", "Sam", "Suite", None, "2002", office)
        meets = customer.add_subscriber(f"mia@{host}", "webex_meetings", "Mia", "Meets", None, None, office)
        listed = wxcadm.webex_api_call("get", SUBSCRIBERS, params={"customerId": customer.id, "max": 1})
        names = {it["email"].split("@", maxsplit=1)[0] for it in listed}
        expect_equal(names, {"cora", "sam", "mia"}, "subscribers, one to a page")

    with walk.step("one more with the same address, or with a number that somebody has, is refused"):
        with walk.refused(409, "SUB-003", wxcadm.APIError):
            customer.add_subscriber(f"cora@{host}", "webex_calling", "Cora", "Calls", None, "2009", office)
        with walk.refused(409, "NUM-003", wxcadm.APIError):
            customer.add_subscriber(f"carl@{host}", "webex_calling", "Carl", "Calls", NUMBERS[1], "2009", office)
        with walk.refused(400, "SUB-008", wxcadm.APIError):
            customer.add_subscriber(f"carl@{host}", "webex_calling", "Carl", "Calls", None, None, office)

    with walk.step("a subscriber is got, changes his package, and goes"):
        path = f"{SUBSCRIBERS}/{meets['id']}"
        expect_equal(wxcadm.webex_api_call("get", path)["personId"], meets["personId"], "person")
        parameters = {"locationId": office.id, "extension": "2003"}
        change = {"package": "webex_calling", "provisioningParameters": parameters}
        expect_equal(wxcadm.webex_api_call("put", path, payload=change)["package"], "webex_calling", "package")
        wxcadm.webex_api_call("delete", path)
        with walk.refused(404, "SUB-001", wxcadm.APIError):
            wxcadm.webex_api_call("get", path)
        check = {"email": f"mia@{host}", "customerId": customer.id, "package": "webex_meetings"}
        check |= {"provisioningParameters": {"firstName": "Mia", "lastName": "Meets"}}
        outcome = wxcadm.webex_api_call("post", f"{SUBSCRIBERS}/validate", payload=check)
        expect_equal(outcome["message"], "success", "precheck of the same address")


def licenses(walk: Walk, organization: wxcadm.Org) -> None:
    with walk.step("licences are told apart by their names, and counted"):
        organization.licenses.refresh()
        calling = organization.licenses.webex_calling(type="professional")
        expect(calling, "there are calling licences")
        expect_equal(sum(it.consumed_by_users for it in calling), 2, "professional calling licences in use")
        expect_equal(organization.get_license_name(calling[0].id), calling[0].name, "name by id")
        one = organization.licenses.get_assignable_license("professional")
        expect(one.total > one.consumed, f"{one.consumed} of {one.total} are in use")
        with walk.breaks(wxcadm.NotSubscribedForLicenseError, "hotdesk"):
            organization.licenses.get_assignable_license("hotdesk")


def found(walk: Walk, organization: wxcadm.Org) -> None:
    with walk.step("people are found by address, name, id, UUID and location"):
        cora = organization.people.get(email="cora@harbor-view.example.com")
        expect_equal((cora.display_name, cora.wxc, cora.extension), ("Cora Calls", True, "2001"), "person")
        expect_equal(organization.people.get(name="Cora Calls").id, cora.id, "by name")
        expect_equal(wxcadm.person.PersonList(organization).get(id=cora.id).email, cora.email, "by id")
        expect_equal(wxcadm.person.PersonList(organization).get(uuid=uuid_of(cora.id)).id, cora.id, "by UUID")
        office = organization.locations.get(name="Head Office")
        expect_equal({it.first_name for it in office.people}, {"Cora", "Sam"}, "at the location")
        paged = organization.api.get("v1/people", {"max": 1})
        expect_equal({it["id"] for it in paged}, {it.id for it in organization.people.all()}, "one to a page")
        expect_equal({it.first_name for it in organization.people.webex_calling()}, {"Cora", "Sam"}, "who call")
        expect_equal(organization._parent.get_person_by_email(cora.email).id, cora.id, "over all organizations")
        expect_equal(wxcadm.person.Person(cora.id, organization).display_name, "Cora Calls", "by itself")
        expect("Webex Calling - Professional" in {it.name for it in cora.license_details()}, "her licences")
        names = {it.name for it in organization.licenses}
        expect("Advanced Messaging" in names, f"licences: {names}")

    with walk.step("wxcadm itself stumbles over an extension without a number, as soon as it meets one"):
        organization.numbers.refresh()
        expect_equal({it.extension for it in organization.numbers} >= {"2001", "2002"}, True, "extensions")
        with walk.breaks(TypeError, "NoneType"):
            organization.numbers.get(phone_number="+1999")


def created(walk: Walk, organization: wxcadm.Org) -> None:
    office = organization.locations.get(name="Head Office")

    with walk.step("a person is created with a calling licence, a number and a name, and made from the licence"):
        person = organization.people.create(
            "nora@harbor-view.example.com", office, phone_number=NUMBERS[2], first_name="Nora", last_name="New"
        )
        expect_equal((person.display_name, person.wxc, person.location), ("Nora New", True, office.id), "person")
        expect_equal([it["value"] for it in person.numbers if it["type"] == "work"], [NUMBERS[2]], "number")
        with walk.refused(409, "PPL-014", wxcadm.APIError):
            organization.people.create("nora@harbor-view.example.com", office, extension="2004")

    with walk.step("her name, title and extension are changed, and what wxcadm sends besides stays as it is"):
        person.update_person(first_name="Nora-Lee", display_name="Nora-Lee New", title="Buyer", extension="2005")
        fresh = wxcadm.person.Person(person.id, organization)
        seen = (fresh.display_name, fresh.title, fresh.extension, fresh.wxc)
        expect_equal(seen, ("Nora-Lee New", "Buyer", "2005", True), "person")
        with walk.refused(409, "NUM-005", wxcadm.APIError):
            fresh.update_person(extension="2001")

    with walk.step("she goes, and her number is free again"):
        person.delete()
        with walk.refused(404, "PPL-001", wxcadm.APIError):
            wxcadm.person.Person(person.id, organization)
        expect_equal(organization.people.get(email="nora@harbor-view.example.com").data, [], "people of that address")


def calling(walk: Walk, organization: wxcadm.Org) -> None:
    office = organization.locations.get(name="Head Office")

    with walk.step("a person without calling gets it, with the number as the object that wxcadm sends"):
        body = {"emails": ["paul@harbor-view.example.com"], "displayName": "Paul Plain", "licenses": []}
        made = organization.api.post("v1/people", body | {"orgId": organization.id})
        paul = wxcadm.person.Person(made["id"], organization)
        expect_equal(paul.wxc, False, "calling")
        paul.assign_wxc(office, phone_number=NUMBERS[2], extension="2006")
        fresh = wxcadm.person.Person(paul.id, organization)
        expect_equal((fresh.wxc, fresh.extension, fresh.location), (True, "2006", office.id), "calling afterwards")
        expect_equal([it["value"] for it in fresh.numbers if it["type"] == "work"], [NUMBERS[2]], "number")

    with walk.step("and loses it again, with the number"):
        fresh.unassign_wxc()
        seen = wxcadm.person.Person(paul.id, organization)
        expect_equal((seen.wxc, seen.extension, seen.numbers), (False, "", []), "calling afterwards")
        organization.delete_person(seen)
        organization._people = None


def groups(walk: Walk, organization: wxcadm.Org) -> None:
    with walk.step("wxcadm itself breaks at a new group with a member, which Cisco's description shows"):
        cora = organization.people.get(email="cora@harbor-view.example.com")
        sam = wxcadm.person.PersonList(organization).get(email="sam@harbor-view.example.com")
        with walk.breaks(TypeError, "members"):
            organization.usergroups.create_group("Kitchen", "Who cooks", [cora])

    with walk.step("a group is made without, gets two, loses one, and goes"):
        organization.usergroups.create_group("Front desk", "Who answers")
        group = next(it for it in organization.usergroups if it.name == "Front desk")
        group.add_member(cora)
        group.add_member(sam)
        expect_equal({it.email for it in group.members}, {cora.email, sam.email}, "members")
        expect_equal([it.name for it in sam.user_groups], ["Front desk"], "groups of one")
        group.delete_member(sam)
        expect_equal([it.email for it in group.members], [cora.email], "members")
        group.delete()
        with walk.refused(404, "GRP-001", wxcadm.APIError):
            group.delete()
