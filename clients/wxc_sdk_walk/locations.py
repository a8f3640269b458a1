"""The customer's locations, their numbers and their way to the public network, through the classes of wxc-sdk."""

from wxc_sdk import WebexSimpleApi
from wxc_sdk.common import NumberState
from wxc_sdk.locations import Location
from wxc_sdk.rest import RestError
from wxc_sdk.telephony import NumberType
from wxc_sdk.telephony.location import CallingLineId, TelephonyLocation
from wxc_sdk.telephony.location.numbers import NumbersRequestAction
from wxc_sdk.telephony.pstn import PSTNServiceType, PSTNType

from onboarding import LOCATION_ADDRESS, NUMBERS
from walk import Walk, expect, expect_equal


def walk_through(walk: Walk, api: WebexSimpleApi, org_id: str) -> Location:
    office = head_office(walk, api, org_id)
    branch(walk, api, org_id)
    numbers(walk, api, office)
    calling(walk, api, office)
    pstn(walk, api, office)
    return office


def head_office(walk: Walk, api: WebexSimpleApi, org_id: str) -> Location:
    with walk.step("the location that the customer asked for is found by name, and calls"):
        office = api.locations.by_name("Head Office", org_id=org_id)
        expect_equal((office.org_id, office.address.city), (org_id, LOCATION_ADDRESS["city"]), "location")
        expect_equal(api.locations.details(office.location_id, org_id=org_id), office, "by its id")
        calling = list(api.telephony.locations.list(org_id=org_id))
        expect_equal([it.location_id for it in calling], [office.location_id], "calling locations")
    return office


def branch(walk: Walk, api: WebexSimpleApi, org_id: str) -> None:
    address = {"address1": "1 Pier", "city": "Milpitas", "state": "CA", "postal_code": "95035", "country": "US"}
    wanted = {"time_zone": "America/Los_Angeles", "preferred_language": "en_us", "announcement_language": "en_us"}

    with walk.step("a further location is made, with the organization in the body too, and renamed"):
        made = api.locations.create(name="Dock", **wanted, **address, org_id=org_id)
        location = api.locations.details(made, org_id=org_id)
        expect_equal((location.name, location.address.address1), ("Dock", "1 Pier"), "location")
        api.locations.update(made, Location(name="Harbor Dock"), org_id=org_id)
        location = api.locations.details(made)
        expect_equal((location.name, location.time_zone), ("Harbor Dock", "America/Los_Angeles"), "location")
        with walk.refused(409, "LOC-003", RestError):
            api.locations.create(name="Harbor Dock", **wanted, **address, org_id=org_id)

    with walk.step("it does not call until it is enabled, and then is not deleted any more"):
        with walk.refused(404, "LOC-006", RestError):
            api.telephony.locations.details(made, org_id=org_id)
        expect_equal(api.telephony.locations.enable_for_calling(location, org_id=org_id), made, "id")
        expect_equal(api.telephony.locations.details(made, org_id=org_id).name, "Harbor Dock", "name")
        with walk.refused(409, "LOC-004", RestError):
            api.locations.delete(made, org_id=org_id)

    with walk.step("one that never called is deleted, once"):
        spare = api.locations.create(name="Spare", **wanted, **address, org_id=org_id)
        api.locations.delete(spare, org_id=org_id)
        with walk.refused(404, "LOC-001", RestError):
            api.locations.details(spare, org_id=org_id)
        expect_equal(len(list(api.locations.list(org_id=org_id))), 2, "locations")


def numbers(walk: Walk, api: WebexSimpleApi, office: Location) -> None:
    location, org = office.location_id, {"org_id": office.org_id}

    with walk.step("numbers are checked before they are added"):
        found = api.telephony.validate_phone_numbers(NUMBERS, **org)
        expect(found.ok, f"outcome: {found}")
        found = api.telephony.validate_phone_numbers([NUMBERS[0], NUMBERS[0], "+14085550101", "12"], **org)
        expect(not found.ok, f"outcome: {found}")
        states = [it.state for it in found.phone_numbers]
        expect_equal(states, ["Available", "Duplicate In List", "Unavailable", "Invalid"], "what is found")

    with walk.step("they are added asleep; those of somebody else are left out and named"):
        expect_equal(api.telephony.location.number.add(location, NUMBERS, **org).errors, [], "errors")
        added = api.telephony.location.number.add(location, ["+14085557213", NUMBERS[0]], **org)
        expect_equal([it.number for it in added.errors], [NUMBERS[0]], "left out")
        listed = list(api.telephony.phone_numbers(location_id=location, **org))
        expect_equal(sorted(it.phone_number for it in listed), [*NUMBERS, "+14085557213"], "numbers")
        expect_equal({it.state for it in listed}, {NumberState.inactive}, "states")

    with walk.step("what wxc-sdk takes of a refusal to add is nothing: it reads a 400 as success"):
        api.telephony.location.number.add(location, ["12"], **org)
        walk.swallows(400, "NUM-001")
        with walk.refused(409, "NUM-006", RestError):
            api.telephony.location.number.add(location, [NUMBERS[0]], **org)

    with walk.step("they are activated, one is put to sleep again, and one is removed"):
        api.telephony.location.number.activate(location, [*NUMBERS, "+14085557213"], **org)
        asleep = ["+14085557213"]
        api.telephony.location.number.manage_number_state(location, asleep, NumbersRequestAction.deactivate, **org)
        found = api.telephony.phone_numbers(state=NumberState.inactive, **org)
        expect_equal([it.phone_number for it in found], asleep, "asleep")
        api.telephony.location.number.remove(location, asleep, **org)
        with walk.refused(404, "NUM-007", RestError):
            api.telephony.location.number.remove(location, asleep, **org)
        with walk.refused(400, "NUM-010", RestError):
            api.telephony.location.number.remove(location, [f"+1408555800{it}" for it in range(6)], **org)

    with walk.step("they are counted, and found page by page and by what they are"):
        counts = api.telephony.phone_number_details(**org)
        expect_equal((counts.total, counts.un_assigned), (3, 3), "counts")
        paged = [it.phone_number for it in api.telephony.phone_numbers(max=2, **org)]
        expect_equal(paged, NUMBERS, "over two pages")
        free = api.telephony.phone_numbers(available=True, phone_number=NUMBERS[1], **org)
        expect_equal([it.phone_number for it in free], [NUMBERS[1]], "one that is free")
        with walk.refused(400, "NUM-012", RestError):
            list(api.telephony.phone_numbers(available=True, number_type=NumberType.extension, **org))


def calling(walk: Walk, api: WebexSimpleApi, office: Location) -> None:
    location, org = office.location_id, {"org_id": office.org_id}

    with walk.step("the location gets its main number, an outside digit and a prefix, and no job is needed for that"):
        line = CallingLineId(phone_number=NUMBERS[0], name="Quiet Oak")
        settings = TelephonyLocation(calling_line_id=line, outside_dial_digit="9", routing_prefix="8300")
        expect_equal(api.telephony.locations.update(location, settings, **org), None, "batch job")
        seen = api.telephony.locations.details(location, **org)
        expect_equal((seen.calling_line_id, seen.outside_dial_digit), (line, "9"), "line and outside digit")
        main = next(it for it in api.telephony.phone_numbers(**org) if it.main_number)
        expect_equal(main.phone_number, NUMBERS[0], "main number")

    with walk.step("a main number from elsewhere and a digit that is none are refused, and the main number stays"):
        with walk.refused(400, "LOC-009", RestError):
            line = CallingLineId(phone_number="+14085550101")
            api.telephony.locations.update(location, TelephonyLocation(calling_line_id=line), **org)
        with walk.refused(400, "LOC-010", RestError):
            api.telephony.locations.update(location, TelephonyLocation(outside_dial_digit="x"), **org)
        with walk.refused(409, "NUM-008", RestError):
            api.telephony.location.number.remove(location, [NUMBERS[0]], **org)


def pstn(walk: Walk, api: WebexSimpleApi, office: Location) -> None:
    location, org = office.location_id, {"org_id": office.org_id}

    with walk.step("the location is shown its ways to the public network, and has none yet"):
        options = {it.pstn_connection_type: it for it in api.telephony.pstn.list(location, **org)}
        expect(PSTNType.non_integrated_ccp in options, f"options: {list(options)}")
        mobile = api.telephony.pstn.list(location, service_types=[PSTNServiceType.mobile_numbers], **org)
        expect_equal([it.pstn_connection_type for it in mobile], [PSTNType.cisco_pstn], "for mobile numbers")
        with walk.refused(404, "LOC-012", RestError):
            api.telephony.pstn.read(location, **org)

    with walk.step("it takes a provider, and then a trunk, but not what is ordered elsewhere"):
        provider = options[PSTNType.non_integrated_ccp]
        api.telephony.pstn.configure(location, id=provider.id, **org)
        seen = api.telephony.pstn.read(location, **org)
        expect_equal((seen.id, seen.display_name), (provider.id, provider.display_name), "connection")
        route = {"premise_route_type": "TRUNK", "premise_route_id": "trunk-1"}
        api.telephony.pstn.configure(location, **route, **org)
        seen = api.telephony.pstn.read(location, **org)
        expect_equal(seen.pstn_connection_type, PSTNType.local_gateway, "connection")
        with walk.refused(409, "LOC-015", RestError):
            api.telephony.pstn.configure(location, id=options[PSTNType.cisco_pstn].id, **org)
        with walk.refused(400, "LOC-013", RestError):
            api.telephony.pstn.configure(location, **org)
