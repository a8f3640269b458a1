"""The customer's phones, through the classes of wxc-sdk."""

from wxc_sdk import WebexSimpleApi
from wxc_sdk.devices import ConnectionStatus, ProductType, TagOp
from wxc_sdk.locations import Location
from wxc_sdk.rest import RestError
from wxc_sdk.telephony.devices import DeviceType, MACState

from walk import DAY_S, Walk, expect, expect_equal

MAC = "001122AABB01"


def walk_through(walk: Walk, api: WebexSimpleApi, office: Location) -> None:
    org_id = office.org_id
    callers = api.people.list(location_id=office.location_id, calling_data=True, org_id=org_id)
    owner = next(callers).person_id
    by_mac(walk, api, office, owner)
    by_code(walk, api, org_id, owner)


def by_mac(walk: Walk, api: WebexSimpleApi, office: Location, owner: str) -> None:
    org = {"org_id": office.org_id}

    with walk.step("models and MAC addresses are checked before a phone is added"):
        models = {it.model for it in api.telephony.devices.supported_devices(**org).devices}
        expect("DMS Cisco 8865" in models, "models")
        others = api.telephony.supported_devices(type_="not:MPP", **org).devices
        expect(others and DeviceType.mpp not in {it.device_type for it in others}, "models that are no phones")
        found = api.telephony.devices.validate_macs([MAC, "12"], **org)
        expect_equal([it.state for it in found.mac_status], [MACState.available, MACState.invalid], "what is found")

    with walk.step("a phone is added by its MAC address, and found by it"):
        wanted = {"mac": MAC, "model": "DMS Cisco 8865", "person_id": owner}
        made = api.devices.create_by_mac_address(**wanted, **org)
        expect_equal((made.mac, made.product_type, made.person_id), (MAC, ProductType.phone, owner), "phone")
        listed = list(api.devices.list(mac=MAC, **org))
        expect_equal([it.device_id for it in listed], [made.device_id], "by MAC address")
        listed = list(api.devices.list(location_id=office.location_id, product_type=ProductType.phone, **org))
        expect_equal([it.device_id for it in listed], [made.device_id], "by location and kind")
        seen = api.devices.details(made.device_id, **org)
        expect_equal((seen.created, seen.location_id), (made.created, office.location_id), "by id")
        count = api.telephony.devices.user_devices_count(owner, **org)
        expect_equal((count.total_device_count, count.applications_count), (2, 1), "phone and apps")

    with walk.step(
        "wxc-sdk itself breaks at the devices of a person, whose states Cisco's description has in small letters"
    ):
        with walk.breaks(TypeError, "'activated' already in use"):
            api.person_settings.devices(owner, **org)
        walk.answered(200)

    with walk.step("what is there already, or has two owners, is refused"):
        with walk.refused(409, "DEV-008", RestError) as refusal:
            api.devices.create_by_mac_address(**wanted, **org)
        expect_equal(refusal.error.code, 5675, "code that wxc-sdk reads")
        with walk.refused(400, "DEV-002", RestError):
            api.devices.create_by_mac_address(**{**wanted, "mac": "001122AABB02"}, workspace_id=owner, **org)

    with walk.step("it is tagged with a patch of one object, and goes"):
        api.devices.modify_device_tags(made.device_id, TagOp.add, ["desk", "old"], **org)
        tagged = api.devices.modify_device_tags(made.device_id, TagOp.replace, ["desk"], **org)
        expect_equal(tagged.tags, ["desk"], "tags")
        expect_equal(api.devices.modify_device_tags(made.device_id, TagOp.remove, **org).tags, [], "tags")
        api.devices.delete(made.device_id, **org)
        with walk.refused(404, "DEV-001", RestError):
            api.devices.details(made.device_id, **org)


def by_code(walk: Walk, api: WebexSimpleApi, org_id: str, owner: str) -> None:
    with walk.step("an activation code waits for its phone, until it expires"):
        made = api.devices.activation_code(person_id=owner, model="DMS Cisco 8865", org_id=org_id)
        expect(made.code and made.expiry_time.isoformat().startswith("2026-06-22"), f"code: {made}")
        waiting = list(api.devices.list(person_id=owner, org_id=org_id))
        expect_equal([it.connection_status for it in waiting], [ConnectionStatus.activating], "status")
        walk.advance(7 * DAY_S)
        expired = list(api.devices.list(person_id=owner, org_id=org_id))
        expect_equal([it.connection_status for it in expired], [ConnectionStatus.offline_expired], "status")
        api.devices.delete(waiting[0].device_id, org_id=org_id)
