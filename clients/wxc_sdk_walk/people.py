"""The customer's people and their licences, through the classes of wxc-sdk."""

from wxc_sdk import WebexSimpleApi
from wxc_sdk.licenses import (
    LicenseProperties,
    LicenseRequest,
    LicenseRequestOperation,
    LicenseUserType,
    SiteAccountType,
    SiteUrlsRequest,
    UserLicensesResponse,
)
from wxc_sdk.locations import Location
from wxc_sdk.people import Person, PhoneNumber, PhoneNumberType
from wxc_sdk.rest import RestError

from onboarding import NUMBERS
from walk import Walk, expect, expect_equal

HOST = "quiet-oak.example.com"
PROFESSIONAL = "Webex Calling - Professional"


def walk_through(walk: Walk, api: WebexSimpleApi, office: Location) -> None:
    me(walk, api)
    nora = created(walk, api, office)
    changed(walk, api, nora)
    found(walk, api, office)
    assigned(walk, api, office)
    with_users(walk, api, office.org_id)
    with walk.step("she goes with exactly what she had"):
        api.people.delete_person(nora.person_id)
        with walk.refused(404, "PPL-001", RestError):
            api.people.details(nora.person_id)


def named(api: WebexSimpleApi, org_id: str) -> dict:
    """The licences of the organization by their names; of several with one name the first."""
    licenses = api.licenses.list(org_id=org_id)
    return {it.name: it for it in reversed(licenses)}


def me(walk: Walk, api: WebexSimpleApi) -> None:
    with walk.step("the administrator is told who he is, and what his roles are called"):
        admin = api.people.me(calling_data=True)
        expect_equal((admin.org_id, admin.emails), (walk.partner_org_id, ["partner-full-admin@example.com"]), "who")
        roles = {it.id: it.name for it in api.roles.list()}
        expect("Partner Full Administrator" in {roles[it] for it in admin.roles}, "his roles")
        expect_equal(api.roles.details(admin.roles[0]).name, roles[admin.roles[0]], "one role")
        with walk.refused(404, "ORG-005", RestError):
            api.roles.details(admin.person_id)


def created(walk: Walk, api: WebexSimpleApi, office: Location) -> Person:
    calling = named(api, office.org_id)[PROFESSIONAL]
    numbers = [PhoneNumber(number_type=PhoneNumberType.work, value=NUMBERS[2])]
    wanted = Person(emails=[f"nora@{HOST}"], first_name="Nora", last_name="New", org_id=office.org_id)

    with walk.step("a person is created with a calling licence, and one who has no name or no number is not"):
        settings = wanted.model_copy(update={"licenses": [calling.license_id], "location_id": office.location_id})
        settings = settings.model_copy(update={"phone_numbers": numbers, "extension": "2004"})
        nora = api.people.create(settings, calling_data=True)
        expect_equal((nora.display_name, nora.tn.value, nora.extension), ("Nora New", NUMBERS[2], "2004"), "person")
        expect(calling.license_id in nora.licenses, "she has the licence")
        with walk.refused(400, "PPL-002", RestError):
            api.people.create(Person(emails=[f"noname@{HOST}"], org_id=office.org_id))
        with walk.refused(409, "PPL-014", RestError):
            api.people.create(wanted)
        with walk.refused(409, "NUM-003", RestError):
            api.people.create(settings.model_copy(update={"emails": [f"other@{HOST}"], "extension": "2005"}))
    return nora


def changed(walk: Walk, api: WebexSimpleApi, nora: Person) -> None:
    with walk.step("she is changed as Webex advises: read, changed and put back whole"):
        seen = api.people.details(nora.person_id, calling_data=True)
        seen.title, seen.department, seen.extension = "Buyer", "Goods", "2006"
        expect_equal(api.people.update(seen, calling_data=True).extension, "2006", "extension")
        fresh = api.people.details(nora.person_id, calling_data=True)
        expect_equal((fresh.title, fresh.department), ("Buyer", "Goods"), "title and department")
        expect_equal(set(fresh.licenses), set(nora.licenses), "licences")
        expect_equal(api.people.details(nora.person_id).location_id, None, "location without callingData")

    with walk.step("she cannot be given an extension of none, nor moved while she calls"):
        with walk.refused(400, "NUM-004", RestError):
            api.people.update(fresh.model_copy(update={"extension": "x"}), calling_data=True)
        dock = api.locations.by_name("Harbor Dock", org_id=nora.org_id)
        with walk.refused(400, "PPL-005", RestError):
            api.people.update(fresh.model_copy(update={"location_id": dock.location_id}), calling_data=True)


def found(walk: Walk, api: WebexSimpleApi, office: Location) -> None:
    with walk.step("people are found by address, name, ids, location and role, page by page"):
        org = {"org_id": office.org_id}
        nora = next(api.people.list(email=f"nora@{HOST}", **org))
        expect_equal([it.person_id for it in api.people.list(display_name="Nora", **org)], [nora.person_id], "by name")
        everybody = {it.person_id for it in api.people.list(**org)}
        ids = sorted(everybody)[:2]
        expect_equal({it.person_id for it in api.people.list(id_list=ids, **org)}, set(ids), "by ids")
        paged = [it.person_id for it in api.people.list(max=1, calling_data=True, **org)]
        expect_equal((len(paged), set(paged)), (len(everybody), everybody), "one to a page")
        here = api.people.list(location_id=office.location_id, calling_data=True, **org)
        expect(nora.person_id in {it.person_id for it in here}, "at the location")
        full_admin = next(it for it in api.roles.list() if it.name == "Full Administrator")
        admins = list(api.people.list(roles=full_admin.id, **org))
        expect_equal([it.emails[0] for it in admins], [f"owner@{HOST}"], "administrators of the customer")


def assigned(walk: Walk, api: WebexSimpleApi, office: Location) -> None:
    licenses = named(api, office.org_id)
    calling, meetings = licenses[PROFESSIONAL].license_id, licenses["Webex Meetings"].license_id
    free_calls = licenses["Call on Webex (1:1 call, non-PSTN)"].license_id

    def created(name: str) -> Person:
        settings = Person(emails=[f"{name}@{HOST}"], display_name=name.title(), org_id=office.org_id, licenses=[])
        return api.people.create(settings)

    def patch(person: Person, *requests: LicenseRequest) -> UserLicensesResponse:
        licenses = list(requests)
        return api.licenses.assign_licenses_to_users(
            person_id=person.person_id, licenses=licenses, org_id=office.org_id
        )

    with walk.step("a person is given calling by licence, and without an extension is not"):
        paul = created("paul")
        with walk.refused(400, "LIC-013", RestError) as refusal:
            patch(paul, LicenseRequest(id=calling))
        expect_equal(refusal.error.code, 400411, "code that wxc-sdk reads")
        with walk.refused(400, "LIC-005", RestError):
            patch(paul, LicenseRequest(id=paul.person_id))
        properties = LicenseProperties(location_id=office.location_id, extension="2010")
        answer = patch(paul, LicenseRequest(id=calling, properties=properties))
        walk.answered(200)
        expect_equal((answer.person_id, answer.email), (paul.person_id, f"paul@{HOST}"), "whose licences")
        expect(calling in answer.licenses, "he has the licence")
        expect_equal(api.people.details(paul.person_id, calling_data=True).extension, "2010", "extension")

    with walk.step("what excludes it is refused; it is taken from him again, by a request that names him"):
        with walk.refused(400, "LIC-014", RestError):
            patch(paul, LicenseRequest(id=meetings))
        remove = LicenseRequest(id=calling, operation=LicenseRequestOperation.remove)
        expect(calling not in patch(paul, remove).licenses, "calling is gone")
        with walk.refused(400, "LIC-019", RestError):
            api.licenses.assign_licenses_to_users(licenses=[remove], org_id=office.org_id)

    with walk.step(
        "wxc-sdk itself breaks at the kind of a site's account, which Cisco's description has in small letters"
    ):
        quinn = created("quinn")
        with walk.breaks(TypeError, "'host' already in use"):
            patch(quinn, LicenseRequest(id=meetings))
        expect(meetings in api.people.details(quinn.person_id).licenses, "the only one is hers")
        site = api.licenses.details(meetings).site_url
        attends = SiteUrlsRequest(site_url=site, account_type=SiteAccountType.attendee)
        with walk.breaks(TypeError, "'attendee' already in use"):
            api.licenses.assign_licenses_to_users(person_id=paul.person_id, site_urls=[attends], org_id=office.org_id)
        expect_equal(api.people.details(paul.person_id).site_urls, [f"{site}#attendee"], "the site that he attends")

    with walk.step("of what there is one of, a second is left out, and the answer is 206"):
        pia = created("pia")
        expect(free_calls in pia.licenses, "new people without licences get the automatic ones")
        remove = LicenseRequest(id=free_calls, operation=LicenseRequestOperation.remove)
        answer = patch(pia, LicenseRequest(id=meetings), remove)
        walk.answered(206)
        expect_equal((meetings in answer.licenses, free_calls in answer.licenses), (False, False), "her licences")
        for person in (paul, quinn, pia):
            api.people.delete_person(person.person_id)


def with_users(walk: Walk, api: WebexSimpleApi, org_id: str) -> None:
    with walk.step("a licence tells how many it has and who they are, page by page"):
        wanted = named(api, org_id)["Basic Messaging"]
        seen = api.licenses.details(wanted.license_id)
        expect_equal((seen.name, seen.consumed_units), (wanted.name, wanted.consumed_units), "licence")
        expect_equal((seen.lic_type, len(seen.lic_uuid)), ("FMS", 36), "parts of its id")
        users = list(api.licenses.assigned_users(wanted.license_id, limit=1))
        expect_equal(len({it.id for it in users}), seen.consumed_units, "users one to a page")
        expect_equal({it.type for it in users}, {LicenseUserType.internal}, "where they are")
        with walk.refused(404, "LIC-025", RestError):
            api.licenses.details(org_id)
