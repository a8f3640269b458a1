"""webexpythonsdk: a partner onboards a customer with subscribers in pages, and takes everything away again.

webexpythonsdk has no class for the wholesale API; its users reach it with the session of their `WebexAPI`, and so does
this walk. It has classes for people, licences, roles, organizations and audit events (`webexpythonsdk_walk/`, by noun).
It demands exact statuses, and a JSON body of every answer but a DELETE's.
"""

from urllib.parse import urlencode

from webexpythonsdk import ApiError, WebexAPI

from onboarding import PACKAGES, new_customer, new_subscriber
from walk import FULL_ADMIN, PROVISIONING_DELAY_S, READ_ONLY_ADMIN, Walk, expect, expect_equal
from webexpythonsdk_walk import people, records

HOST = "silver-lake.example.com"
# More than the largest page.
CROWD = 120


def point_at(origin: str, access_token: str) -> WebexAPI:
    return WebexAPI(access_token, base_url=f"{origin}/v1/")


def customer(walk: Walk, api: WebexAPI) -> dict:
    wholesale = api._session
    wanted = new_customer(walk.provisioning_id, "silver-lake")

    with walk.step("a customer is checked and provisioned with exactly 202"):
        check = wholesale.post("wholesale/customers/validate", json=wanted)
        expect_equal(check["message"], "success", "outcome of the precheck")
        customer_id = wholesale.post("wholesale/customers", json=wanted, erc=202)["url"].rsplit("/", 1)[-1]
        expect_equal(wholesale.get(f"wholesale/customers/{customer_id}")["status"], "provisioning", "status")

    with walk.step("a customer that is provisioned just now cannot be changed, nor have subscribers"):
        with walk.refused(409, "CUS-005", ApiError) as refusal:
            wholesale.put(f"wholesale/customers/{customer_id}", json={"packages": PACKAGES}, erc=202)
        expect(refusal.error.message and refusal.error.tracking_id, "webexpythonsdk has message and tracking id")
        with walk.refused(409, "CUS-005", ApiError):
            body = new_subscriber(customer_id, "kim.early@silver-lake.example.com", "webex_meetings")
            wholesale.post("wholesale/subscribers", json=body)

    with walk.step("the customer is provisioned, and then has a package less"):
        walk.advance(PROVISIONING_DELAY_S)
        seen = wholesale.get(f"wholesale/customers/{customer_id}", params={"includePackageLicenseInfo": "true"})
        expect_equal(seen["status"], "provisioned", "status")
        expect(all(it["licenseIds"] for it in seen["resourceDetails"]["packages"]), "each package brings licences")
        body = {"packages": ["webex_calling", "webex_meetings"]}
        wholesale.put(f"wholesale/customers/{customer_id}", json=body, erc=202)
        expect_equal(wholesale.get(f"wholesale/customers/{customer_id}")["status"], "updating", "status")
        walk.advance(PROVISIONING_DELAY_S)
        seen = wholesale.get(f"wholesale/customers/{customer_id}")
        expect_equal((seen["status"], seen["packages"]), ("provisioned", body["packages"]), "status and packages")

    with walk.step("a token that nobody gave, and an administrator who only reads, are refused"):
        with walk.refused(401, "API-005", ApiError):
            list(point_at(walk.origin, "no-such-token")._session.get_items("wholesale/customers"))
        with walk.refused(403, "API-006", ApiError):
            reader = point_at(walk.origin, READ_ONLY_ADMIN)._session
            reader.post("wholesale/customers", json=new_customer(walk.provisioning_id, "nobody"), erc=202)
        with walk.refused(404, "CUS-004", ApiError):
            wholesale.get(f"wholesale/customers/{walk.partner_org_id}")
    return seen


def subscribers(walk: Walk, api: WebexAPI, customer: dict) -> None:
    wholesale = api._session

    def email(number: int) -> str:
        return f"guest.number{number:03}@silver-lake.example.com"

    with walk.step(f"{CROWD} subscribers are provisioned, each with exactly 200"):
        for number in range(CROWD):
            body = new_subscriber(customer["id"], email(number), "webex_meetings")
            made = wholesale.post("wholesale/subscribers", json=body)
            expect_equal(made["status"], "provisioned", f"status of {body['email']}")

    with walk.step("they are listed page by page, without a gap and none twice"):
        for page_size in (None, 7, 100):
            params = {"customerId": customer["id"]} | ({"max": page_size} if page_size else {})
            seen = [it["email"] for it in wholesale.get_items("wholesale/subscribers", params=params)]
            expect_equal(sorted(seen), [email(number) for number in range(CROWD)], f"all in pages of {page_size}")

    with walk.step("an address that somebody has, a package that is not offered, and nobody at all are refused"):
        with walk.refused(409, "SUB-003", ApiError) as refusal:
            body = new_subscriber(customer["id"], email(0), "webex_meetings")
            wholesale.post("wholesale/subscribers", json=body)
        expect_equal(refusal.error.details["errors"][0]["errorCode"], 10022, "documented code of a taken address")
        with walk.refused(400, "SUB-007", ApiError):
            body = new_subscriber(customer["id"], "lee.suite@silver-lake.example.com", "webex_suite")
            wholesale.post("wholesale/subscribers", json=body)
        with walk.refused(404, "SUB-001", ApiError):
            wholesale.get(f"wholesale/subscribers/{customer['id']}")

    with walk.step("a subscriber is checked, got, changed with exactly 200, and goes with exactly 204"):
        body = new_subscriber(customer["id"], f"kim.checked@{HOST}", "webex_meetings")
        check = wholesale.post("wholesale/subscribers/validate", json=body)
        expect_equal(check["message"], "success", "outcome of the precheck")
        one = next(wholesale.get_items("wholesale/subscribers", params={"email": email(7)}))
        path = f"wholesale/subscribers/{one['id']}"
        expect_equal(wholesale.get(path)["personId"], one["personId"], "person")
        office = next(wholesale.get_items("locations", params={"orgId": customer["orgId"]}))
        where = {"locationId": office["id"], "extension": "2007"}
        changed = wholesale.put(path, json={"packages": ["webex_calling"], "provisioningParameters": where})
        expect_equal(changed["packages"], ["webex_calling"], "packages")
        wholesale.put(path, json={"package": "webex_meetings"})
        spare = wholesale.post("wholesale/subscribers", json=body)
        wholesale.delete(f"wholesale/subscribers/{spare['id']}")
        with walk.refused(404, "SUB-001", ApiError):
            wholesale.get(f"wholesale/subscribers/{spare['id']}")


def sub_partners(walk: Walk, api: WebexAPI) -> None:
    with walk.step("sub-partners are listed one to a page, and by their state"):
        found = list(api._session.get_items("wholesale/subPartners", params={"max": 1}))
        expect_equal({it["provisioningState"] for it in found}, {"active", "suspended"}, "states")
        asleep = list(api._session.get_items("wholesale/subPartners", params={"provisioningState": "suspended"}))
        expect_equal(len(asleep), 1, "suspended ones")


def farewell(walk: Walk, api: WebexAPI, customer: dict) -> None:
    wholesale = api._session

    with walk.step("the customer goes with exactly 202"):
        wholesale.delete(f"wholesale/customers/{customer['id']}", erc=202)
        expect_equal(wholesale.get(f"wholesale/customers/{customer['id']}")["status"], "deleting", "status")
        walk.advance(PROVISIONING_DELAY_S)
        with walk.refused(404, "CUS-004", ApiError):
            wholesale.get(f"wholesale/customers/{customer['id']}")
        with walk.refused(404, "CUS-004", ApiError):
            wholesale.delete(f"wholesale/customers/{customer['id']}", erc=202)


def tokens(walk: Walk, api: WebexAPI) -> None:
    client = {"client_id": "a-client", "client_secret": "any"}
    redirect_uri = "http://localhost:6001/redirect"
    scope = "spark-admin:wholesale_customers_read spark-admin:wholesale_customers_write"

    with walk.step("an integration exchanges its code, and refreshes its token"):
        asked = {"client_id": "a-client", "response_type": "code", "redirect_uri": redirect_uri, "scope": scope}
        code = walk.redirected(f"{walk.api}/authorize?{urlencode(asked)}")["code"]
        granted = api.access_tokens.get(code=code, redirect_uri=redirect_uri, **client)
        expect(granted.expires_in > 0 and granted.refresh_token_expires_in > granted.expires_in, "lives of the tokens")
        renewed = api.access_tokens.refresh(refresh_token=granted.refresh_token, **client)
        wholesale = point_at(walk.origin, renewed.access_token)._session
        expect(next(wholesale.get_items("wholesale/customers"))["id"], "customers")

    with walk.step("a code of nobody, and a code that another integration was given, are refused"):
        with walk.refused(400, "OAU-009", ApiError) as refusal:
            api.access_tokens.get(code="no-such-code", redirect_uri=redirect_uri, **client)
        expect(refusal.error.tracking_id, "webexpythonsdk has the tracking id")
        code = walk.redirected(f"{walk.api}/authorize?{urlencode(asked)}")["code"]
        with walk.refused(400, "OAU-011", ApiError):
            other = {"client_id": "another", "client_secret": "any"}
            api.access_tokens.get(code=code, redirect_uri=redirect_uri, **other)


def main() -> None:
    walk = Walk("webexpythonsdk")
    api = point_at(walk.origin, FULL_ADMIN)
    made = customer(walk, api)
    sub_partners(walk, api)
    subscribers(walk, api, made)
    people.walk_through(walk, api, made)
    records.walk_through(walk, api, made["orgId"])
    farewell(walk, api, made)
    tokens(walk, api)
    walk.finish()


main()
