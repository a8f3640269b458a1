"""The customer's phones, as wxcadm administers them."""

import wxcadm

from walk import Walk, expect, expect_equal

MAC = "00:11:22:AA:BB:CC"


def walk_through(walk: Walk, organization: wxcadm.Org) -> None:
    organization.people.all()
    cora = organization.people.get(email="cora@harbor-view.example.com")
    by_mac(walk, organization, cora)
    by_code(walk, organization, cora)


def by_mac(walk: Walk, organization: wxcadm.Org, cora: wxcadm.Person) -> None:
    with walk.step("the supported models are read with all that wxcadm demands of them"):
        phone = organization.supported_devices.get("8865")
        expect_equal((phone.model, phone.managed_by), ("DMS Cisco 8865", "CISCO"), "model")

    with walk.step("a phone is added by its MAC address, and found by it in whatever way it is written"):
        made = cora.devices.create(phone, mac=MAC)
        expect_equal(made["mac"], "001122AABBCC", "MAC address as it is answered")
        found = wxcadm.device.DeviceList(organization, cora).get(mac_address=MAC)
        expect_equal((found.mac, found.owner.id), ("001122AABBCC", cora.id), "phone")
        by_id = organization.get_device_by_id(found.id)
        expect_equal(by_id.mac, found.mac, "phone by its id")
        expect_equal(organization.api.get(f"v1/devices/{found.id}")["mac"], found.mac, "phone by itself")
        expect(found.calling_id, "the id that Webex Calling gives the phone")

    with walk.step("the same address again, one that is none, and a model that nobody makes are refused"):
        with walk.refused(409, "DEV-008", wxcadm.APIError):
            cora.devices.create(phone, mac=MAC)
        with walk.refused(400, "DEV-007", wxcadm.APIError):
            cora.devices.create(phone, mac="00:11:22")
        with walk.refused(400, "DEV-005", wxcadm.APIError):
            body = {"model": "Cisco 0000", "mac": "001122AABBDD", "personId": cora.id}
            organization.api.post("v1/devices", body)

    with walk.step("the phone is tagged, found at its person and its location, and goes"):
        found.change_tags("add", ["front", "spare"])
        found.change_tags("replace", "front")
        listed = wxcadm.device.DeviceList(organization, cora)
        expect_equal([(it.mac, it.tags) for it in listed], [("001122AABBCC", ["front"])], "her devices")
        office = organization.locations.get(name="Head Office")
        expect_equal([it.id for it in wxcadm.device.DeviceList(organization, office)], [found.id], "at the location")
        found.change_tags("remove")
        found.delete()
        expect_equal(wxcadm.device.DeviceList(organization, cora).data, [], "her devices afterwards")
        with walk.refused(404, "DEV-001", wxcadm.APIError):
            found.delete()


def by_code(walk: Walk, organization: wxcadm.Org, cora: wxcadm.Person) -> None:
    with walk.step("an activation code is made for a model that takes one, and none for one that does not"):
        phone = organization.supported_devices.get("8865")
        made = cora.devices.create(phone)
        expect(made["activation_code"].replace("-", "").isalnum(), f"code: {made['activation_code']}")
        waiting = wxcadm.device.DeviceList(organization, cora)
        expect_equal([it.connection_status for it in waiting], ["activating"], "what waits for the code")
        waiting[0].delete()
        adapter = next(it for it in organization.supported_devices if "ACTIVATION_CODE" not in it.onboarding_method)
        expect_equal(adapter.onboarding_method, ["MAC_ADDRESS"], f"methods of {adapter.model}")
        with walk.refused(400, "DEV-006", wxcadm.APIError):
            organization.api.post("v1/devices/activationCode", {"model": adapter.model, "personId": cora.id})
