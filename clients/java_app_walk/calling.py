"""Locations, numbers, PSTN connections and phones, as the Java program sets them up for a new customer."""

from java_app_walk.app import App, Refused, read
from onboarding import LOCATION_ADDRESS, NUMBERS
from walk import Walk, expect, expect_equal


def locations(walk: Walk, app: App, org_id: str) -> str:
    with walk.step("the first location of the customer is the default one; another is made beside it"):
        default = app.call("locations", "GET", "/locations", orgId=org_id)["items"][0]
        expect_equal((default["name"], default["address"]["state"]), ("Head Office", "New York"), "default location")
        body = {"name": "Shop", "timeZone": "America/New_York", "preferredLanguage": "en_us"}
        body |= {"announcementLanguage": "en_us", "address": LOCATION_ADDRESS}
        made = app.call("anything", "POST", "/locations", body, orgId=org_id)
        listed = app.call("locations", "GET", "/locations", orgId=org_id)["items"]
        expect_equal([it["id"] for it in listed], [default["id"], made["id"]], "locations")
        with walk.refused(409, "LOC-003", Refused):
            app.call("anything", "POST", "/locations", body, orgId=org_id)
    return default["id"]


def numbers(walk: Walk, app: App, org_id: str, location: str) -> None:
    path = f"/telephony/config/locations/{location}"

    with walk.step("numbers are added without a state, and the first that nobody owns is taken for the main number"):
        app.call("anything", "POST", f"{path}/numbers", {"phoneNumbers": NUMBERS}, orgId=org_id)
        expect_equal(free(app, org_id), NUMBERS[0], "first number that nobody owns")
        line = {"name": "Java Stores", "phoneNumber": NUMBERS[0]}
        settings = {"enforceOutsideDialDigit": False, "callingLineId": line, "outsideDialDigit": "9"}
        app.call("anything", "PUT", path, settings, orgId=org_id)
        main = entries(app, org_id)[0]
        expect_equal((main["phoneNumber"], main["mainNumber"]), (NUMBERS[0], True), "main number")
        with walk.refused(400, "LOC-009", Refused):
            wrong = {**settings, "callingLineId": {**line, "phoneNumber": "+14085550101"}}
            app.call("anything", "PUT", path, wrong, orgId=org_id)

    with walk.step("a number is removed and added once more; the main number is not removed"):
        app.call("anything", "DELETE", f"{path}/numbers", {"phoneNumbers": [NUMBERS[2]]}, orgId=org_id)
        asleep = {"phoneNumbers": [NUMBERS[2]], "state": "INACTIVE"}
        app.call("anything", "POST", f"{path}/numbers", asleep, orgId=org_id)
        app.call("anything", "PUT", f"{path}/numbers", {"phoneNumbers": [NUMBERS[2]]}, orgId=org_id)
        expect_equal([it["state"] for it in entries(app, org_id)], ["ACTIVE"] * 3, "states")
        with walk.refused(409, "NUM-008", Refused):
            app.call("anything", "DELETE", f"{path}/numbers", {"phoneNumbers": [NUMBERS[0]]}, orgId=org_id)


def entries(app: App, org_id: str) -> list[dict]:
    """The numbers of an organization, each with all that the program demands of it."""
    listed = app.call("numbers", "GET", "/telephony/config/numbers", orgId=org_id)["phoneNumbers"]
    for entry in listed:
        read("number", entry)
        read("number location", entry["location"])
        read("number owner", entry.get("owner", {}))
    return listed


def free(app: App, org_id: str) -> str:
    """The first number that nobody owns; the program takes the main number too."""
    return next(it["phoneNumber"] for it in entries(app, org_id) if "owner" not in it)


def pstn(walk: Walk, app: App, org_id: str, location: str) -> None:
    path = f"/telephony/pstn/locations/{location}"

    with walk.step("the location gets a PSTN connection, which is read back and compared"):
        with walk.refused(404, "LOC-012", Refused):
            app.call("pstn", "GET", f"{path}/connection", orgId=org_id)
        options = app.call("list", "GET", f"{path}/connectionOptions", orgId=org_id)["items"]
        provider = next(it for it in options if read("pstn", it)["pstnConnectionType"] == "NON_INTEGRATED_CCP")
        app.call("anything", "PUT", f"{path}/connection", {"id": provider["id"]}, orgId=org_id)
        expect_equal(app.call("pstn", "GET", f"{path}/connection", orgId=org_id), provider, "connection")


def devices(walk: Walk, app: App, org_id: str, person: str) -> None:
    with walk.step("a phone is added by an address with colons and the name that is printed on it"):
        body = {"mac": "02:00:00:FF:12:34", "model": "Cisco 8865", "personId": person}
        made = app.call("device", "POST", "/devices", body, orgId=org_id)
        expect_equal((made["mac"], made["type"], made["personId"]), ("020000FF1234", "phone", person), "phone")
        expect(made["id"], "id of the phone")
        with walk.refused(409, "DEV-008", Refused):
            app.call("device", "POST", "/devices", body, orgId=org_id)
