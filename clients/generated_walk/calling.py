"""Locations, numbers, PSTN connections and phones, as the documents of calling have them.

The documents at hand have their faults: two schemas of one name are mixed up in that of locations, so that the client
breaks at each that it is shown; the document of numbers lists no status of a refusal, so that its client raises at
each; and its way to add numbers has a schema that the generator refuses, so that this is done by hand.
"""

from generated_walk.client import Client
from onboarding import LOCATION_ADDRESS, NUMBERS
from walk import Walk, expect, expect_equal


def locations(walk: Walk, calling: Client, org_id: str) -> str:
    new = {"name": "Shop", "timeZone": "America/Los_Angeles", "preferredLanguage": "en_us"}
    new |= {"announcementLanguage": "en_us", "address": LOCATION_ADDRESS}

    with walk.step("the generated code itself breaks at a location, whose schema is another's"):
        with walk.breaks(KeyError, "countryCode"):
            calling.call("locations.list_locations", org_id=org_id)
        walk.answered(200)
        status, found = calling.by_hand("GET", f"/locations?orgId={org_id}")
        expect_equal((status, [it["name"] for it in found["items"]]), (200, ["Head Office"]), "locations")

    with walk.step("one is made, renamed and removed"):
        answer = calling.call("locations.create_location", model="PostCommonLocationObject", body=new, org_id=org_id)
        made = answer[1].id
        renamed = {"model": "PutCommonLocationObject", "body": {**new, "name": "Store"}}
        status, _ = calling.call("locations.update_location", made, **renamed, org_id=org_id)
        status, seen = calling.by_hand("GET", f"/locations/{made}")
        expect_equal((status, seen["name"], seen["address"]["city"]), (200, "Store", "Milpitas"), "location")
        status, _ = calling.call("locations.delete_location", made, org_id=org_id)
        expect_equal(status, 204, "status of the removal")
        status, _ = calling.call("locations.get_location_details", made, org_id=org_id)
        walk.swallows(404, "LOC-001")
    return found["items"][0]["id"]


def numbers(walk: Walk, client: Client, org_id: str, location: str) -> None:
    org = {"org_id": org_id}

    with walk.step("numbers are checked, added by hand, listed and removed"):
        check = {"model": "ValidateNumbersPostRequest", "body": {"phoneNumbers": NUMBERS}}
        status, found = client.call("default.validate_phone_numbers", **check, **org)
        expect_equal((status, found.status), (200, "OK"), "check")
        path = f"/telephony/config/locations/{location}/numbers?orgId={org_id}"
        expect_equal(client.by_hand("POST", path, {"phoneNumbers": NUMBERS}), (200, None), "answer")
        operation = "default.get_phone_numbers_for_an_organization_with_given_criterias"
        status, listed = client.call(operation, **org, available=True)
        expect_equal((status, [it.phone_number for it in listed.phone_numbers]), (200, NUMBERS), "numbers")
        spare = {"model": "NumbersDelete", "body": {"phoneNumbers": NUMBERS[2:]}}
        status, _ = client.call("default.remove_phone_numbers_from_a_location", location, **spare, **org)
        expect_equal(status, 204, "status of the removal")


def pstn(walk: Walk, client: Client, org_id: str, location: str) -> None:
    org = {"org_id": org_id}
    read = "default.retrieve_pstn_connection_for_a_location"

    with walk.step("the location gets a PSTN connection; its document lists no refusal, so the client raises at one"):
        with walk.refused(404, "LOC-012", Exception) as refusal:
            client.call(read, location, **org)
        expect_equal(type(refusal.error).__name__, "UnexpectedStatus", "what is raised")
        status, options = client.call("default.retrieve_pstn_connection_options_for_a_location", location, **org)
        kinds = {it["pstnConnectionType"]: it["id"] for it in options.items}
        provider = kinds["NON_INTEGRATED_CCP"]
        choice = {"model": "SetupPSTNConnectionForALocationRequest", "body": {"id": provider}}
        status, _ = client.call("default.setup_pstn_connection_for_a_location", location, **choice, **org)
        expect_equal(status, 204, "status of the choice")
        status, seen = client.call(read, location, **org)
        expect_equal((status, seen.id), (200, provider), "connection")


def devices(walk: Walk, calling: Client, org_id: str, person: str) -> None:
    new = {"mac": "001122AABB77", "model": "DMS Cisco 8865", "personId": person}

    with walk.step("a phone is added, listed, tagged and removed, and an activation code is made"):
        body = {"model": "CreateADeviceByMacAddressBody", "body": new}
        status, made = calling.call("devices.create_a_device_by_mac_address", **body, org_id=org_id)
        expect_equal((status, made.mac, made.type_), (200, new["mac"], "phone"), "phone")
        status, found = calling.call("devices.list_devices", org_id=org_id, type_="phone")
        expect_equal((status, [it.id for it in found.items]), (200, [made.id]), "devices")
        tags = {"model": "ModifyDeviceTagsBody", "body": {"op": "add", "path": "tags", "value": ["desk"]}}
        status, tagged = calling.call("devices.modify_device_tags", made.id, **tags, org_id=org_id)
        expect_equal((status, tagged.tags), (200, ["desk"]), "tags")
        status, mine = calling.call("device_call_settings.get_person_devices", person, org_id=org_id)
        expect_equal((status, mine.devices[0].activation_state), (200, "activated"), "of the person")
        status, _ = calling.call("devices.create_a_device_by_mac_address", **body, org_id=org_id)
        walk.swallows(409, "DEV-008")
        status, _ = calling.call("devices.delete_a_device", made.id, org_id=org_id)
        expect_equal(status, 204, "status of the removal")
        wanted = {"model": "CreateADeviceActivationCodeBody", "body": {"personId": person, "model": new["model"]}}
        status, code = calling.call("devices.create_a_device_activation_code", **wanted, org_id=org_id)
        expect(status == 200 and code.code and code.expiry_time, f"code: {code}")
        supported = "device_call_settings_with_device_dynamic_settings.read_the_list_of_supported_devices"
        status, models = calling.call(supported, org_id=org_id)
        expect("DMS Cisco 8865" in {it.model for it in models.devices}, f"models: {status}")
