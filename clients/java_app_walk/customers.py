"""Customers and their organizations, as the Java program provisions and names them."""

from java_app_walk.app import App, Refused, offsets, read, uuid_tail
from walk import PROVISIONING_DELAY_S, READ_ONLY_ADMIN, Walk, expect, expect_equal


def new_customer(walk: Walk) -> dict:
    """As the program maps its input: the location's state is its city, and every setting is sent."""
    address = {
        "addressLine1": "123 Main St",
        "city": "New York",
        "stateOrProvince": "NY",
        "zipOrPostalCode": "10001",
        "country": "US",
    }
    location = {
        "name": "Head Office",
        "address": {**address, "stateOrProvince": address["city"]},
        "timezone": "America/New_York",
        "language": "en_us",
        "emergencyLocationIdentifier": "emergency-1",
    }
    return {
        "provisioningId": walk.provisioning_id,
        "packages": ["webex_calling", "webex_meetings"],
        "externalId": "java-stores",
        "address": address,
        "customerInfo": {"name": "Java Stores", "primaryEmail": "admin@java-stores.example.com", "language": "en_us"},
        "provisioningParameters": {"calling": {"location": location}, "meetings": {"timezone": "America/New_York"}},
    }


def provision(walk: Walk, app: App) -> dict:
    with walk.step("a customer is provisioned, and waited for by his status"):
        made = app.call("provisioning", "POST", "/wholesale/customers", new_customer(walk))
        customer_id = made["url"].rsplit("/", 1)[-1]
        status = None
        # At once, then each 5 s for two minutes.
        for _ in range(24):
            status = app.call("customer", "GET", f"/wholesale/customers/{customer_id}")["status"]
            if status in ("provisioned", "error", "provisioned_with_errors"):
                break
            walk.advance(5)
        expect_equal(status, "provisioned", "status in the end")

    with walk.step("the same once more is refused, and the program has the words"):
        with walk.refused(409, "CUS-003", Refused) as refusal:
            app.call("provisioning", "POST", "/wholesale/customers", new_customer(walk))
        expect(str(refusal.error).startswith("409 "), str(refusal.error))

    with walk.step("the most recent customer is the first of the list"):
        newest = app.call("list", "GET", "/wholesale/customers")["items"][0]
        expect_equal(read("customer", newest)["id"], customer_id, "first customer")
    return newest


def pages(walk: Walk, app: App) -> None:
    with walk.step("customers are turned page by page by the offsets of the Link header"):
        seen, offset = [], 0
        while offset is not None:
            page, headers = app.exchange("list", "GET", "/wholesale/customers", max="2", offset=str(offset))
            seen += [read("customer", it)["id"] for it in page["items"]]
            links = offsets(headers.get("link", ""))
            expect(offset == 0 or "prev" in links, "there is a way back")
            offset = links.get("next")
        expect_equal(len(seen), len(set(seen)), "customers seen twice")
        expect(len(seen) >= 4, f"all customers are seen: {len(seen)}")


def organization(walk: Walk, app: App, customer: dict) -> None:
    org_id = customer["orgId"]
    path = f"/identity/organizations/{uuid_tail(org_id)}"

    with walk.step("the customer's organization is read, and renamed with the schemas that it came with"):
        expect_equal(app.call("organization", "GET", f"/organizations/{org_id}")["displayName"], "Java Stores", "name")
        seen = app.call("identity", "GET", path)
        read("identity meta", seen["meta"])
        expect_equal(seen["id"], uuid_tail(org_id), "id")
        change = {"schemas": seen["schemas"], "displayName": "Java Stores of New York"}
        renamed = app.call("identity", "PATCH", path, change)
        expect_equal(renamed["displayName"], change["displayName"], "name as answered")
        expect(renamed["meta"]["version"], "version")
        shown = app.call("organization", "GET", f"/organizations/{org_id}")["displayName"]
        expect_equal(shown, change["displayName"], "name afterwards")
        with walk.refused(400, "SCM-018", Refused):
            app.call("identity", "PATCH", path, {**change, "displayName": " "})

    with walk.step("at a 403 the program looks at the organization by its id, and tries once more"):
        reader = App(walk.api, READ_ONLY_ADMIN, organization=org_id)
        with walk.refused(403, "API-006", Refused):
            reader.call("anything", "DELETE", f"/organizations/{org_id}")
        walk.swallows(403, "API-006")


def farewell(walk: Walk, app: App, customer: dict) -> None:
    with walk.step("the program deletes an organization, which is refused as long as it is a customer's"):
        with walk.refused(409, "ORG-001", Refused):
            app.call("anything", "DELETE", f"/organizations/{customer['orgId']}")
        app.call("anything", "DELETE", f"/wholesale/customers/{customer['id']}")
        walk.advance(PROVISIONING_DELAY_S)
        with walk.refused(404, "CUS-004", Refused):
            app.call("customer", "GET", f"/wholesale/customers/{customer['id']}")

    with walk.step("one that is nobody's customer is deleted"):
        listed = app.call("list", "GET", "/organizations")["items"]
        bakery = next(it["id"] for it in listed if read("organization", it)["displayName"] == "Old Mill Bakery")
        expect_equal(app.call("anything", "DELETE", f"/organizations/{bakery}"), None, "answer")
        with walk.refused(404, "CUS-015", Refused):
            app.call("organization", "GET", f"/organizations/{bakery}")
