"""wxc-sdk: a partner onboards a customer with three subscribers, and takes everything away again.

wxc-sdk has no class for the wholesale API; its users reach it with the session of their `WebexSimpleApi`, and so does
this walk. Everything else goes through its classes (`wxc_sdk_walk/`, by noun).
"""

from requests import HTTPError
from wxc_sdk import WebexSimpleApi
from wxc_sdk.integration import Integration
from wxc_sdk.locations import Location
from wxc_sdk.rest import RestError, RestSession
from wxc_sdk.scim.child import ScimApiChild

from onboarding import NUMBERS, PACKAGES, new_customer, new_subscriber
from walk import DAY_S, FULL_ADMIN, PROVISIONING_DELAY_S, Walk, expect, expect_equal
from wxc_sdk_walk import devices, directory, locations, people, records

HOST = "quiet-oak.example.com"


def point_at(origin: str, access_token: str) -> WebexSimpleApi:
    RestSession.BASE = f"{origin}/v1"
    ScimApiChild.ep = lambda api, path=None: f"{origin}/{api.base}" + (f"/{path}" if path else "")
    return WebexSimpleApi(tokens=access_token)


def provision(walk: Walk, api: WebexSimpleApi) -> dict:
    session = api.session
    wanted = new_customer(walk.provisioning_id, "quiet-oak")
    wanted["provisioningParameters"]["packages"] = {"limits": {"webex_meetings": 1}}

    with walk.step("a customer is provisioned with one meetings package at most, and waited for"):
        made = session.rest_post(session.ep("wholesale/customers"), json=wanted)
        expect_equal(session.rest_get(made["url"])["status"], "provisioning", "status")
        walk.advance(PROVISIONING_DELAY_S)
        customer = session.rest_get(made["url"])
        expect_equal((customer["status"], customer["packages"]), ("provisioned", PACKAGES), "status and packages")

    with walk.step("he is found by external id, organization and status, and is the newest"):
        found = [{"externalId": "quiet-oak"}, {"orgId": customer["orgId"]}, {"status": "provisioned", "max": "2"}]
        for params in found:
            items = session.follow_pagination(session.ep("wholesale/customers"), params=params, item_key="items")
            expect_equal(next(items)["id"], customer["id"], f"first customer with {params}")

    with walk.step("an address without its mandatory city is refused, and the field is named"):
        broken = {**wanted, "externalId": "other", "address": {"addressLine1": "771 Alder Drive", "country": "US"}}
        with walk.refused(400, "API-003", RestError) as refusal:
            session.rest_post(session.ep("wholesale/customers"), json=broken)
        expect_equal(refusal.error.code, 1001, "code that wxc-sdk reads")
        expect("city" in refusal.error.description, refusal.error.description)
    return customer


def sub_partners(walk: Walk, api: WebexSimpleApi) -> None:
    session = api.session

    with walk.step("sub-partners are listed, and the customers of one are seen on his behalf only"):
        url = session.ep("wholesale/subPartners")
        found = list(session.follow_pagination(url, params={"provisioningState": "active"}, item_key="items"))
        expect_equal([it["provisioningState"] for it in found], ["active"], "states")
        on_behalf = {"onBehalfOfSubPartnerOrgId": found[0]["orgId"], "externalId": "lakeside-dental"}
        customers = session.ep("wholesale/customers")
        expect_equal(len(session.rest_get(customers, params=on_behalf)["items"]), 1, "customers on his behalf")
        own = session.rest_get(customers, params={"externalId": "lakeside-dental"})
        expect_equal(own["items"], [], "the partner's own customers of that name")


def subscribers(walk: Walk, api: WebexSimpleApi, customer: dict, office: Location) -> None:
    session = api.session
    url = session.ep("wholesale/subscribers")

    with walk.step("three subscribers are provisioned, one checked before, and found by every filter"):
        body = new_subscriber(customer["id"], "mia.meets@quiet-oak.example.com", "webex_meetings")
        check = session.rest_post(f"{url}/validate", json={**body, "provisioningId": walk.provisioning_id})
        expect_equal(check["message"], "success", "outcome of the precheck")
        calling = {"locationId": office.location_id, "primaryPhoneNumber": NUMBERS[1], "extension": "2001"}
        session.rest_post(url, json=new_subscriber(customer["id"], f"cora.calls@{HOST}", "webex_calling", **calling))
        calling = {"locationId": office.location_id, "extension": "2002"}
        session.rest_post(url, json=new_subscriber(customer["id"], f"sam.suite@{HOST}", "webex_suite", **calling))
        made = session.rest_post(url, json=body)
        expect_equal((made["status"], made["package"]), ("provisioned", "webex_meetings"), "status and package")
        for name in ("personId", "email"):
            params = {name: made[name]}
            found = list(session.follow_pagination(url, params=params, item_key="items"))
            expect_equal([it["id"] for it in found], [made["id"]], f"subscribers by {params}")
        for name in ("customerId", "externalCustomerId"):
            params = {name: made[name], "max": 1}
            found = list(session.follow_pagination(url, params=params, item_key="items"))
            expect_equal((len(found), found[0]["id"]), (3, made["id"]), f"subscribers by {params}, the newest first")

    with walk.step("calling without number and extension is refused"):
        body = new_subscriber(customer["id"], "carl.calls@quiet-oak.example.com", "webex_calling")
        with walk.refused(400, "SUB-008", RestError):
            session.rest_post(url, json=body)

    with walk.step("a subscriber is got by his id, changes his package, and goes"):
        one = f"{url}/{made['id']}"
        expect_equal(session.rest_get(one)["customerId"], customer["id"], "customer")
        change = {"package": "webex_suite", "provisioningParameters": {**calling, "extension": "2003"}}
        expect_equal(session.rest_put(one, json=change)["package"], "webex_suite", "package")
        person = api.people.details(made["personId"], calling_data=True)
        expect_equal(person.extension, "2003", "extension of the person")
        session.rest_delete(one)
        with walk.refused(404, "SUB-001", RestError):
            session.rest_get(one)


def farewell(walk: Walk, api: WebexSimpleApi, customer: dict) -> None:
    session = api.session
    url = session.ep(f"wholesale/customers/{customer['id']}")

    with walk.step("a package that somebody has is kept, one that nobody has goes"):
        with walk.refused(409, "CUS-019", RestError):
            session.rest_put(url, json={"packages": ["webex_meetings"]})
        where = session.rest_put(url, json={"packages": ["webex_calling", "webex_suite"]})
        expect(where["url"].endswith(customer["id"]), f"where to look: {where}")
        walk.advance(PROVISIONING_DELAY_S)
        expect_equal(session.rest_get(url)["packages"], ["webex_calling", "webex_suite"], "packages")

    with walk.step("the customer goes, with all that he has"):
        session.rest_delete(url)
        expect_equal(session.rest_get(url)["status"], "deleting", "status")
        walk.advance(PROVISIONING_DELAY_S)
        with walk.refused(404, "CUS-004", RestError):
            session.rest_get(url)

    with walk.step("an organization that is nobody's customer, and has nobody, is deleted"):
        bakery = next(it for it in api.organizations.list() if it.display_name == "Old Mill Bakery")
        api.organizations.delete(bakery.org_id)
        expect(bakery.org_id not in {it.org_id for it in api.organizations.list()}, "organizations")


def tokens(walk: Walk) -> None:
    integration = Integration(
        client_id="a-client",
        client_secret="any",
        scopes="spark-admin:wholesale_customers_read spark:all",
        redirect_url="http://localhost:6001/redirect",
        auth_service=f"{walk.api}/authorize",
        token_service=f"{walk.api}/access_token",
    )

    with walk.step("an integration is let in, and exchanges its code once"):
        back = walk.redirected(integration.auth_url(state="a state, with signs: &=+"))
        expect_equal(back["state"], "a state, with signs: &=+", "state")
        granted = integration.tokens_from_code(back["code"])
        expect_equal((granted.token_type, granted.expires_in), ("Bearer", 14 * DAY_S), "kind and life of the token")
        expect_equal(granted.scope.split(), integration.scopes, "scopes")
        with walk.refused(400, "OAU-009", HTTPError):
            integration.tokens_from_code(back["code"])

    with walk.step("its token opens what its scopes say, until it expires, and is refreshed then"):
        session = point_at(walk.origin, granted.access_token).session
        expect(session.rest_get(session.ep("wholesale/customers"))["items"], "customers")
        with walk.refused(403, "API-007", RestError):
            session.rest_get(session.ep("wholesale/subscribers"))
        walk.advance(14 * DAY_S)
        with walk.refused(401, "API-005", RestError):
            session.rest_get(session.ep("wholesale/customers"))
        integration.refresh(granted)
        session = point_at(walk.origin, granted.access_token).session
        expect(session.rest_get(session.ep("wholesale/customers"))["items"], "customers")
        walk.advance(90 * DAY_S)
        with walk.refused(400, "OAU-012", HTTPError):
            integration.refresh(granted)


def main() -> None:
    walk = Walk("wxc-sdk")
    api = point_at(walk.origin, FULL_ADMIN)
    customer = provision(walk, api)
    sub_partners(walk, api)
    office = locations.walk_through(walk, api, customer["orgId"])
    subscribers(walk, api, customer, office)
    people.walk_through(walk, api, office)
    directory.walk_through(walk, api, customer["orgId"])
    devices.walk_through(walk, api, office)
    records.walk_through(walk, api, customer["orgId"])
    farewell(walk, api, customer)
    tokens(walk)
    walk.finish()


main()
