"""Subscribers and their people, as the Java program provisions and equips them."""

from java_app_walk import calling
from java_app_walk.app import App, Refused, read, uuid_tail
from onboarding import NUMBERS, new_subscriber
from walk import Walk, expect, expect_equal

HOST = "java-stores.example.com"


def provision(walk: Walk, app: App, customer: dict, location: str) -> list[dict]:
    made = []

    with walk.step("three subscribers are provisioned, one with the first number that nobody owns, and listed"):
        where = {"locationId": location, "extension": "2001"}
        for name, package, calls in [
            ("cora.calls", "webex_calling", {**where, "primaryPhoneNumber": NUMBERS[1]}),
            ("carl.calls", "webex_calling", {**where, "extension": "2002"}),
            ("mia.meets", "webex_meetings", {}),
        ]:
            body = new_subscriber(customer["id"], f"{name}@{HOST}", package, **calls)
            made.append(app.call("subscriber", "POST", "/wholesale/subscribers", body))
        expect_equal({it["status"] for it in made}, {"provisioned"}, "states")
        listed = app.call("list", "GET", "/wholesale/subscribers", customerId=customer["id"])["items"]
        newest = [read("subscriber", it)["id"] for it in listed]
        expect_equal(newest, [it["id"] for it in reversed(made)], "the most recent one first")
        one = app.call("subscriber", "GET", f"/wholesale/subscribers/{made[0]['id']}")
        expect_equal((one["personId"], one["customerId"]), (made[0]["personId"], customer["id"]), "person and customer")

    with walk.step("calling without number and extension, and an address that somebody has, are refused"):
        with walk.refused(400, "SUB-008", Refused):
            body = new_subscriber(customer["id"], f"paul.plain@{HOST}", "webex_calling")
            app.call("subscriber", "POST", "/wholesale/subscribers", body)
        with walk.refused(409, "SUB-003", Refused):
            body = new_subscriber(customer["id"], f"mia.meets@{HOST}", "webex_meetings")
            app.call("subscriber", "POST", "/wholesale/subscribers", body)

    with walk.step("the numbers are shown with their owners, and the first that nobody owns is the main one"):
        owners = {it.get("phoneNumber"): it.get("owner") for it in calling.entries(app, customer["orgId"])}
        expect_equal(owners[NUMBERS[1]]["firstName"], "Cora", "owner of the first")
        expect(None in owners, "an extension without a number")
        expect_equal(calling.free(app, customer["orgId"]), NUMBERS[0], "free number")
    return made


def equip(walk: Walk, app: App, customer: dict, subscribers: list[dict]) -> None:
    cora, carl, mia = subscribers

    with walk.step("a person is read, and put back with another number, as the program builds it"):
        path = f"/people/{carl['personId']}"
        person = app.call("anything", "GET", path, callingData="true")
        expect(person["phoneNumbers"] is not None, "phone numbers are a list")
        kept = {name: person[name] for name in ("licenses", "displayName", "emails")}
        number = {"phoneNumbers": [{"type": "work", "value": NUMBERS[2]}], "extension": "2003"}
        changed = app.call("anything", "PUT", path, {**kept, **number}, callingData="true")
        expect_equal(changed["extension"], "2003", "extension")
        with walk.refused(409, "NUM-003", Refused):
            number["phoneNumbers"][0]["value"] = NUMBERS[1]
            app.call("anything", "PUT", path, {**kept, **number}, callingData="true")

    calling.devices(walk, app, customer["orgId"], cora["personId"])

    with walk.step(
        "a subscriber changes his package, and goes; where the program looks for its users there is nothing"
    ):
        path = f"/wholesale/subscribers/{carl['id']}"
        changed = app.call("subscriber", "PUT", path, {"package": "webex_meetings"})
        expect_equal(changed["package"], "webex_meetings", "package")
        org, person = uuid_tail(customer["orgId"]), uuid_tail(mia["personId"])
        with walk.refused(404, "API-008", Refused):
            app.call("anything", "DELETE", f"/scim/{org}/Users/{person}")
        for one in (carl, mia):
            expect_equal(app.call("anything", "DELETE", f"/wholesale/subscribers/{one['id']}"), None, "answer")
        with walk.refused(404, "SUB-001", Refused):
            app.call("subscriber", "GET", path)
