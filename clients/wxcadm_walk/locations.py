"""The customer's locations, their numbers and their way to the public network, as wxcadm administers them."""

import wxcadm

from onboarding import LOCATION_ADDRESS, NUMBERS
from walk import Walk, expect, expect_equal

NUMBERS_OF = "v1/telephony/config/locations/{}/numbers"


def walk_through(walk: Walk, organization: wxcadm.Org, customer: wxcadm.wholesale.WholesaleCustomer) -> None:
    office = head_office(walk, organization, customer)
    branch(walk, organization)
    numbers(walk, organization, office)
    main_number(walk, organization, office)
    pstn(walk, organization, office)


def head_office(
    walk: Walk, organization: wxcadm.Org, customer: wxcadm.wholesale.WholesaleCustomer
) -> wxcadm.location.Location:
    with walk.step("the location that the customer asked for is there, and is enabled for calling"):
        office = customer.get_location(name="Head Office")
        expect_equal([it.id for it in organization.locations], [office.id], "locations")
        expect_equal(customer.get_location(spark_id=office.spark_id).id, office.id, "by its decoded id")
        office = organization.locations.get(id=office.id)
        expect_equal(office.address["city"], LOCATION_ADDRESS["city"], "city")
        expect_equal([it.id for it in organization.locations.webex_calling()], [office.id], "calling locations")
        expect(office.calling_config["callingLineId"]["name"], "the location has a name for its calls")
    return office


def branch(walk: Walk, organization: wxcadm.Org) -> None:
    with walk.step("a further location is made, and does not call yet"):
        made = organization.locations.create("Warehouse", "America/Los_Angeles", "en_us", dict(LOCATION_ADDRESS))
        expect_equal(made.name, "Warehouse", "name")
        expect_equal(made.calling_enabled, False, "calling before it is enabled")
        walk.swallows(404, "LOC-006")
        with walk.refused(409, "LOC-003", wxcadm.APIError):
            organization.locations.create("Warehouse", "America/Los_Angeles", "en_us", dict(LOCATION_ADDRESS))

    with walk.step("wxcadm itself enables calling by PUT, which is no method of that path; by POST it goes"):
        made.address["address2"] = ""
        with walk.refused(405, "API-009", wxcadm.APIError):
            made.enable_webex_calling()
        body = {"id": made.id, "name": made.name, "timeZone": made.time_zone, "preferredLanguage": "en_us"}
        body |= {"announcementLanguage": "en_us", "address": made.address}
        expect_equal(organization.api.post("v1/telephony/config/locations", body)["id"], made.id, "id")
        organization.locations.refresh()
        expect_equal(len(organization.locations.webex_calling()), 2, "calling locations")

    with walk.step("it has a caller's name and a prefix of its own, which no other location has"):
        made = organization.locations.get(name="Warehouse")
        made.set_external_caller_id_name("Harbor View Warehouse")
        made.set_routing_prefix("8200")
        fresh = wxcadm.location.LocationList(organization).get(name="Warehouse")
        seen = (fresh.external_caller_id_name, fresh.routing_prefix)
        expect_equal(seen, ("Harbor View Warehouse", "8200"), "name and prefix")
        with walk.refused(409, "LOC-011", wxcadm.APIError):
            organization.locations.get(name="Head Office").set_routing_prefix("8200")


def numbers(walk: Walk, organization: wxcadm.Org, office: wxcadm.location.Location) -> None:
    with walk.step("numbers are checked before they are added: some are free, one is not, one is none"):
        expect_equal(organization.numbers.validate(NUMBERS)["status"], "OK", "outcome")
        found = organization.numbers.validate([NUMBERS[0], "+14085550101", "12"])
        expect_equal(found["status"], "ERRORS", "outcome")
        states = [it["state"] for it in found["phoneNumbers"]]
        expect_equal(states, ["Available", "Unavailable", "Invalid"], "what is found")

    with walk.step("they are added to the location, and found again"):
        listed = organization.numbers.add(office, NUMBERS[:2])
        expect_equal(sorted(it.phone_number for it in listed), NUMBERS[:2], "numbers")
        expect_equal({it.state for it in listed}, {"ACTIVE"}, "states")
        expect_equal(listed.get(phone_number="7211").phone_number, NUMBERS[1], "number by a part of it")
        listed = organization.numbers.add(office, [NUMBERS[2]], state="INACTIVE")
        expect_equal(listed.get(phone_number=NUMBERS[2]).state, "INACTIVE", "state of the third")
        free = organization.api.get("v1/telephony/config/numbers", {"available": "true"}, items_key="phoneNumbers")
        expect_equal(sorted(it["phoneNumber"] for it in free), NUMBERS, "available numbers")
        expect_equal(len(office.available_numbers), 3, "available numbers of the location")

    with walk.step("a number that is somewhere already is refused"):
        with walk.refused(409, "NUM-006", wxcadm.APIError):
            organization.numbers.add(office, [NUMBERS[0]])
        with walk.refused(400, "NUM-001", wxcadm.APIError):
            organization.numbers.add(office, ["12"])

    with walk.step("a number is activated at its location"):
        asleep = organization.numbers.get(phone_number=NUMBERS[2])
        expect_equal((asleep.location.id, asleep.owner), (office.id, None), "location and owner")
        asleep.activate()
        organization.numbers.refresh()
        expect_equal(organization.numbers.get(phone_number=NUMBERS[2]).state, "ACTIVE", "state")

    with walk.step("a number is removed by hand, because wxcadm sends no body with DELETE, and comes back"):
        path = f"{organization.api.url_base}{NUMBERS_OF.format(office.id)}"
        gone = organization.api.session.delete(path, json={"phoneNumbers": [NUMBERS[2]]})
        expect_equal(gone.status_code, 204, "status")
        organization.numbers.refresh()
        expect_equal(organization.numbers.get(phone_number=NUMBERS[2]), None, "number afterwards")
        with walk.refused(400, "API-001", wxcadm.APIError):
            organization.api.delete(NUMBERS_OF.format(office.id))
        organization.numbers.add(office, [NUMBERS[2]])


def main_number(walk: Walk, organization: wxcadm.Org, office: wxcadm.location.Location) -> None:
    with walk.step("the location gets its main number, which then stays"):
        office.set_main_number(organization.numbers.get(phone_number=NUMBERS[0]))
        fresh = wxcadm.location.LocationList(organization).get(id=office.id)
        expect_equal(fresh.main_number.phone_number, NUMBERS[0], "main number")
        expect_equal(fresh.main_number.main_number, True, "mark of the main number")
        with walk.refused(400, "LOC-009", wxcadm.APIError):
            office.set_main_number("+14085550101")
        path = f"{organization.api.url_base}{NUMBERS_OF.format(office.id)}"
        organization.api.session.delete(path, json={"phoneNumbers": [NUMBERS[0]]})
        walk.swallows(409, "NUM-008")


def pstn(walk: Walk, organization: wxcadm.Org, office: wxcadm.location.Location) -> None:
    with walk.step("a location has no provider at first, which wxcadm reads from the words of the refusal"):
        expect_equal(office.pstn.provider, None, "provider")
        walk.swallows(404, "LOC-012")
        offered = {it.name: it for it in office.pstn.available_providers}
        expect("Northwind Cloud PSTN" in offered, f"providers: {list(offered)}")

    with walk.step("it chooses one that may be chosen here, and has it"):
        with walk.refused(409, "LOC-015", wxcadm.APIError):
            office.pstn.set_provider(offered["Cisco Calling Plans"])
        office.pstn.set_provider(offered["Northwind Cloud PSTN"].id)
        fresh = wxcadm.location.LocationList(organization)
        seen = fresh.get(id=office.id).pstn
        expect_equal((seen.provider.name, seen.type), ("Northwind Cloud PSTN", "NON_INTEGRATED_CCP"), "provider")
        expect_equal([it.name for it in fresh.with_pstn()], ["Head Office"], "locations with a provider")
        walk.swallows(404, "LOC-012")
