"""How the Java program calls, what it makes of the answers, and its models of them.

Its models know the fields of the published jar and no others: a field more, a field less or another word of an enum
ends the program. The jar is older than the API description; what it does not know, the hub must not send.
"""

import base64
from collections.abc import Callable

import requests

from walk import expect

# The values of the models' enums, by model and field; another one ends the program.
WORDS = {
    ("customer", "status"): (
        "provisioned provisioned_with_errors provisioning updating deleting error pending_rpl_review"
    ),
    ("subscriber", "status"): "provisioned pending_user_migration",
    # Without webex_calling_standard, which is younger than the jar.
    ("subscriber", "package"): "webex_calling webex_meetings webex_suite webex_voice cx_essentials",
    ("pstn", "pstnConnectionType"): "LOCAL_GATEWAY NON_INTEGRATED_CCP INTEGRATED_CCP CISCO_PSTN",
}
# Each model of the published jar: what it must have, and what it may have besides.
MODELS = {
    "customer": ("", "id orgId externalId address status packages resourceDetails errors"),
    "subscriber": (
        "",
        "id personId email customerId externalCustomerId package packages status errors created lastStatusChange",
    ),
    "organization": ("", "id displayName created"),
    "identity": ("schemas id displayName meta", ""),
    "identity meta": ("created lastModified version", ""),
    "pstn": ("id pstnConnectionType", "displayName pstnServices"),
    "number": (
        "state phoneNumberType mainNumber includedTelephonyTypes tollFreeNumber isServiceNumber",
        "phoneNumber extension routingPrefix esn mobileNetwork routingProfile location owner",
    ),
    "number location": ("id name", ""),
    "number owner": ("", "id type firstName lastName"),
    "device": (
        "",
        "id displayName placeId workspaceId personId orgId capabilities permissions connectionStatus product type tags"
        " ip activeInterface mac primarySipUrl sipUrls errorCodes serial software upgradeChannel created locationId"
        " workspaceLocationId firstSeen lastSeen managedBy devicePlatform",
    ),
    "list": ("", "items"),
    "locations": ("", "items notFoundIds"),
    "numbers": ("", "phoneNumbers count"),
    "provisioning": ("", "url"),
    # Read without a model.
    "anything": None,
}


class Refused(Exception):
    """The program's ClientException: a status, and what the body says."""

    def __init__(self, answer: requests.Response) -> None:
        text = answer.text
        expect(text.startswith("{") and text.endswith("}"), f"an error body is an object: {text}")
        super().__init__(f"{answer.status_code} {answer.json()['errors'][0]['description']}")


class App:
    """The program's way to call: a 401 and a 403 are mended and tried once more, everything else is the end."""

    def __init__(self, api: str, token: str, renew: Callable[[], str] | None = None, organization: str = "") -> None:
        self.api, self.token, self.renew, self.organization = api, token, renew, organization

    def call(self, model: str, method: str, path: str, body: object = None, **query: object) -> dict | None:
        return self.exchange(model, method, path, body, **query)[0]

    def exchange(self, model: str, method: str, path: str, body: object = None, **query: object) -> tuple:
        answer = self._send(method, path, body, query)
        if self._is_mended(answer):
            answer = self._send(method, path, body, query)
        if not answer.ok:
            raise Refused(answer)
        if not answer.content:
            return None, answer.headers
        expect(answer.headers["content-type"].startswith("application/json"), "an answer is JSON")
        return read(model, answer.json()), answer.headers

    def _send(self, method: str, path: str, body: object, query: dict) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        return requests.request(method, self.api + path, headers=headers, json=body, params=query, timeout=30)

    def _is_mended(self, answer: requests.Response) -> bool:
        """A new token after a 401; after a 403 a look at the organization, which lets the partner in."""
        if answer.status_code == 401 and self.renew:
            self.token = self.renew()
            return True
        if answer.status_code == 403 and self.organization:
            return self._send("GET", f"/identity/organizations/{self.organization}", None, {}).ok
        return False


def read(model: str, body: dict) -> dict:
    """What a generated model makes of a body: unknown and missing fields, and unknown words, end the program."""
    if MODELS[model] is None:
        return body
    required, optional = (set(names.split()) for names in MODELS[model])
    expect(required <= body.keys(), f"{model} lacks {required - body.keys()}")
    unknown = body.keys() - required - optional
    expect(not unknown, f"{model} has {unknown}, which it does not know")
    for field in body.keys() & {field for of, field in WORDS if of == model}:
        expect(body[field] in WORDS[model, field].split(), f"{model} has {field} {body[field]}, which it does not know")
    return body


def offsets(link: str) -> dict[str, int]:
    """The program's reading of a Link header; anything but `<...offset=N...>; rel="..."` ends it."""
    found = {}
    for part in link.split(",") if link else []:
        url, rel = part.split(";")
        found[rel.split("rel=")[1].replace('"', "")] = int(url.split("offset=")[1].rstrip("> ").split("&")[0])
    return found


def uuid_tail(wire_id: str) -> str:
    """The program's decoder: base64 that may be cut short and URL-safe, and the UUID after the last slash."""
    return base64.urlsafe_b64decode(wire_id + "=" * (-len(wire_id) % 4)).decode().rsplit("/", 1)[-1]
