"""Cisco's PartnerAdministrationRefApp, re-enacted: how the Java program calls, and what it makes of the answers.

This is not the program itself, whose jar has its addresses compiled in. What is strict about it is done here in the
same way (`java_app_walk/`, by noun): its generated models refuse a field or an enum value that they do not know and one
that they miss, a Link header is cut at commas and semicolons, and a customer is waited for by his status.
"""

import base64
from urllib.parse import quote

import requests

from java_app_walk import calling, customers, subscribers
from java_app_walk.app import App, Refused
from walk import DAY_S, Walk, expect_equal

SCOPES = [
    "identity:organizations_rw",
    "spark-admin:devices_write",
    *(f"spark-admin:{of}_{right}" for of in ("locations", "organizations", "people") for right in ("read", "write")),
    *(f"spark-admin:telephony_{of}_{right}" for of in ("config", "pstn") for right in ("read", "write")),
    *(f"spark-admin:wholesale_{of}_{right}" for of in ("customers", "subscribers") for right in ("read", "write")),
]


def sign_in(walk: Walk) -> App:
    """As the program opens it in a browser: the redirect address as it is, the scopes encoded."""
    redirect_uri, state = "http://127.0.0.1:9999/redirect", "4f9e3bd1-2c1b-4c39-a0ee-3ba9a9e9a7d5"
    scopes = quote(" ".join(SCOPES))
    wanted = f"client_id=java&redirect_uri={redirect_uri}&response_type=code&scope={scopes}"

    with walk.step("the administrator signs in, and the code is exchanged with Basic credentials"):
        back = walk.redirected(f"{walk.api}/authorize?{wanted}&state={state}")
        expect_equal(back["state"], state, "state")
        form = f"grant_type=authorization_code&code={back['code']}&redirect_uri={redirect_uri}"
        granted = access_token(walk, form)

    def renew() -> str:
        form = f"grant_type=refresh_token&refresh_token={granted['refresh_token']}"
        return access_token(walk, form)["access_token"]

    with walk.step("the refresh token is good for another access token"):
        return App(walk.api, renew(), renew)


def access_token(walk: Walk, form: str) -> dict:
    """The form is sent as it is, nothing in it encoded."""
    credentials = base64.b64encode(b"java:any").decode()
    headers = {"Authorization": f"Basic {credentials}", "Content-Type": "application/x-www-form-urlencoded"}
    answer = requests.post(f"{walk.api}/access_token", data=form, headers=headers, timeout=30)
    if not answer.ok:
        raise Refused(answer)
    return answer.json()


def expiry(walk: Walk, app: App) -> None:
    with walk.step("an access token that expired is renewed, and the call is tried once more"):
        walk.advance(14 * DAY_S)
        app.call("list", "GET", "/wholesale/customers")
        walk.answered(200)
        walk.expects(401)

    with walk.step("a code of nobody is refused"), walk.refused(400, "OAU-009", Refused):
        access_token(walk, "grant_type=authorization_code&code=none&redirect_uri=http://127.0.0.1:9999/redirect")


def main() -> None:
    walk = Walk("java-app")
    app = sign_in(walk)
    customer = customers.provision(walk, app)
    customers.pages(walk, app)
    customers.organization(walk, app, customer)
    location = calling.locations(walk, app, customer["orgId"])
    calling.numbers(walk, app, customer["orgId"], location)
    calling.pstn(walk, app, customer["orgId"], location)
    made = subscribers.provision(walk, app, customer, location)
    subscribers.equip(walk, app, customer, made)
    customers.farewell(walk, app, customer)
    expiry(walk, app)
    walk.finish()


main()
