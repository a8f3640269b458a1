"""Cisco's PartnerAdministrationRefApp, re-enacted: how the Java program calls, and what it makes of the answers.

This is not the program itself, whose jar has its addresses compiled in. What is strict about it is done here in the
same way: its generated models refuse a field or an enum value that they do not know and one that they miss, a Link
header is cut at commas and semicolons, and a customer is waited for by his status. The published models are older than
the API description; what they do not know, the hub must not send.
"""

import base64
from urllib.parse import quote

import requests

from walk import Walk, expect, expect_equal

SCOPES = "spark-admin:wholesale_customers_read spark-admin:wholesale_customers_write"
# The values of the model's enum; another one ends the program.
CUSTOMER_STATES = [
    "provisioned",
    "provisioned_with_errors",
    "provisioning",
    "updating",
    "deleting",
    "error",
    "pending_rpl_review",
]
# Each model of the published jar: what it must have, and what it may have besides.
MODELS = {
    "customer": ("", "id orgId externalId address status packages resourceDetails errors"),
    "subscriber": (
        "",
        "id personId email customerId externalCustomerId package packages status errors created lastStatusChange",
    ),
    "list": ("", "items"),
    "provisioning": ("", "url"),
}


class Refused(Exception):
    """The program's ClientException: a status, and what the body says."""

    def __init__(self, answer: requests.Response) -> None:
        text = answer.text
        expect(text.startswith("{") and text.endswith("}"), f"an error body is an object: {text}")
        super().__init__(f"{answer.status_code} {answer.json()['errors'][0]['description']}")


class App:
    """The program's way to call."""

    def __init__(self, api: str, token: str) -> None:
        self.api = api
        self.headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}

    def call(self, model: str, method: str, path: str, body: object = None, **query: object) -> dict | None:
        return self.exchange(model, method, path, body, **query)[0]

    def exchange(self, model: str, method: str, path: str, body: object = None, **query: object) -> tuple:
        answer = requests.request(method, self.api + path, headers=self.headers, json=body, params=query, timeout=30)
        if not answer.ok:
            raise Refused(answer)
        if not answer.content:
            return None, answer.headers
        expect(answer.headers["content-type"].startswith("application/json"), "an answer is JSON")
        return read(model, answer.json()), answer.headers


def read(model: str, body: dict) -> dict:
    """What a generated model makes of a body: unknown and missing fields end the program."""
    required, optional = (set(names.split()) for names in MODELS[model])
    expect(required <= body.keys(), f"{model} lacks {required - body.keys()}")
    unknown = body.keys() - required - optional
    expect(not unknown, f"{model} has {unknown}, which it does not know")
    return body


def offsets(link: str) -> dict[str, int]:
    """The program's reading of a Link header; anything but `<...offset=N...>; rel="..."` ends it."""
    found = {}
    for part in link.split(",") if link else []:
        url, rel = part.split(";")
        found[rel.split("rel=")[1].replace('"', "")] = int(url.split("offset=")[1].rstrip("> ").split("&")[0])
    return found


def sign_in(walk: Walk) -> App:
    """As the program opens it in a browser: the redirect address as it is, the scopes encoded."""
    redirect_uri, state = "http://127.0.0.1:9999/redirect", "4f9e3bd1-2c1b-4c39-a0ee-3ba9a9e9a7d5"
    wanted = f"client_id=java&redirect_uri={redirect_uri}&response_type=code&scope={quote(SCOPES)}"

    with walk.step("the administrator signs in, and the code is exchanged with Basic credentials"):
        back = walk.redirected(f"{walk.api}/authorize?{wanted}&state={state}")
        expect_equal(back["state"], state, "state")
        form = f"grant_type=authorization_code&code={back['code']}&redirect_uri={redirect_uri}"
        granted = access_token(walk, form)

    with walk.step("the refresh token is good for another access token"):
        granted = access_token(walk, f"grant_type=refresh_token&refresh_token={granted['refresh_token']}")
    return App(walk.api, granted["access_token"])


def access_token(walk: Walk, form: str) -> dict:
    """The form is sent as it is, nothing in it encoded."""
    credentials = base64.b64encode(b"java:any").decode()
    headers = {"Authorization": f"Basic {credentials}", "Content-Type": "application/x-www-form-urlencoded"}
    answer = requests.post(f"{walk.api}/access_token", data=form, headers=headers, timeout=30)
    if not answer.ok:
        raise Refused(answer)
    return answer.json()


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


def customer(walk: Walk, app: App) -> dict:
    with walk.step("a customer is provisioned, and waited for by his status"):
        made = app.call("provisioning", "POST", "/wholesale/customers", new_customer(walk))
        customer_id = made["url"].rsplit("/", 1)[-1]
        status = None
        # At once, then each 5 s for two minutes.
        for _ in range(24):
            status = app.call("customer", "GET", f"/wholesale/customers/{customer_id}")["status"]
            expect(status in CUSTOMER_STATES, f"status {status} is none that the program knows")
            if status in ("provisioned", "error", "provisioned_with_errors"):
                break
            walk.advance(5)
        expect_equal(status, "provisioned", "status in the end")

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


def main() -> None:
    walk = Walk("java-app")
    app = sign_in(walk)
    customer(walk, app)
    pages(walk, app)
    walk.finish()


main()
