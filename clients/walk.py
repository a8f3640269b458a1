"""A walk of one client through the hub: a sandbox of its own, steps, and a look at what went over the wire.

Each script of this folder is one walk. This module starts it, says each step on a line, and ends it at the first step
that does not go as told, with the exchange that it failed at. It knows no client: what went over the wire is read from
the hub's own request log, so that a client that swallows an error or sees a wrong status is found out all the same.
Nothing but this machine is ever contacted: a socket to anywhere else ends the walk.
"""

from __future__ import annotations

import base64
import ipaddress
import json
import os
import re
import sys
import traceback
import urllib.error
import urllib.parse
import urllib.request
import warnings
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
FULL_ADMIN = "demo-partner-full-admin"
READ_ONLY_ADMIN = "demo-partner-read-only"
CUSTOMER_ADMIN = "demo-customer-full-admin"
# The sandbox stands still at this moment until the walk moves its clock.
START = "2026-06-15T09:00:00Z"
DAY_S = 24 * 60 * 60
# As the runner starts the hub: long enough that a customer is seen while he is provisioned.
PROVISIONING_DELAY_S = 30

# What may become of an operation, as the README writes it.
ANSWERED, REFUSED = "+", "-"
OUTCOMES = (ANSWERED, REFUSED, ANSWERED + REFUSED)


class Unmet(Exception):
    """Something was not as the walk says it is."""


class ContactedElsewhere(BaseException):
    """A client opened a connection to something else than this machine; no `except Exception` swallows this."""


# For a client that swallows even that.
contacted_elsewhere: list[str] = []


def expect(condition: object, message: str) -> None:
    if not condition:
        raise Unmet(message)


def expect_equal(seen: object, wanted: object, what: str) -> None:
    expect(seen == wanted, f"{what}: wanted {wanted!r}, saw {seen!r}")


def only_this_machine() -> None:
    """Forbids every connection that leaves the machine, and forgets the proxies of the environment."""
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        del os.environ[name]
    os.environ["NO_PROXY"] = "*"
    sys.addaudithook(_refuse_elsewhere)


def _refuse_elsewhere(event: str, arguments: tuple) -> None:
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto"):
        host = arguments[1][0] if isinstance(arguments[1], tuple) else arguments[1]
    else:
        return
    host = host.decode() if isinstance(host, bytes) else host
    if host is not None and host != "localhost" and not _is_loopback(host):
        contacted_elsewhere.append(f"{event} to {host}")
        raise ContactedElsewhere(contacted_elsewhere[-1])


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follows no redirect."""


class Refusal:
    """What a client made of a refusal: the exception that it raised."""

    error: Exception


class Walk:
    """One client in a sandbox of its own, forked from the demo world, whose clock only the walk moves."""

    def __init__(self, client: str) -> None:
        warnings.simplefilter("ignore", DeprecationWarning)
        ready = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
        self.client = client
        self.provisioning_id = ready["provisioning_id"]
        self.partner_org_id = ready["partner_org_id"]
        self._hub_control = ready["control"]
        made = {"name": client, "from": "default", "clock": f"frozen:{START}"}
        sandbox = self._control("POST", "/sandboxes", made)
        # Where a client is pointed at: `origin` instead of https://webexapis.com, `api` is its /v1.
        self.origin, self.api = sandbox["url"], sandbox["api"]
        self._steps = self._requests = self._seen = 0
        # Of each operation, whether it was answered, and whether it was refused.
        self._operations: dict[str, set[str]] = {}
        self._refusals: list[int] = []
        self._last: dict | None = None

    @contextmanager
    def step(self, what: str):
        """One thing that the client does; said on a line when it went well, the end of the walk when it did not."""
        self._refusals = []
        try:
            yield
            self._look()
        except (Exception, ContactedElsewhere) as error:
            self._fail(what, error)
        self._steps += 1
        print(f"{self.client}: {what}", flush=True)

    @contextmanager
    def refused(self, status: int, rule: str, error: type[Exception]):
        """The client is refused with this status for breaking this rule, and raises this exception."""
        refusal = Refusal()
        try:
            yield refusal
        except error as raised:
            refusal.error = raised
        else:
            raise Unmet(f"not refused; wanted {status} by {rule}")
        self.swallows(status, rule)

    @contextmanager
    def breaks(self, error: type[Exception], words: str):
        """The client itself raises this, whatever it is answered."""
        try:
            yield
        except error as raised:
            expect(words in str(raised), f"the client breaks in another way: {raised!r}")
        else:
            raise Unmet(f"the client does not break any more; wanted {error.__name__} with {words!r}")

    def swallows(self, status: int, rule: str) -> None:
        """The last exchange was a refusal, whether the client let on or not."""
        entries = self._log()
        last = entries[-1] if entries else self._last
        expect(last is not None, "no request reached the hub")
        expect_equal((last["status"], last.get("rule")), (status, rule), "refusal")
        self._refusals.append(status)

    def expects(self, status: int) -> None:
        """The step has been refused once more, before its last exchange; the client mended that by itself."""
        self._refusals.append(status)

    def answered(self, status: int) -> None:
        """The last exchange had this status, which not every client tells."""
        expect_equal(self._log()[-1]["status"], status, "status")

    def advance(self, seconds: float) -> None:
        """Moves the sandbox clock."""
        self._control("POST", f"/sandboxes/{self.client}/clock/advance", {"seconds": seconds})

    def now(self) -> str:
        """The time of the sandbox."""
        return self._control("GET", f"/sandboxes/{self.client}/clock")["now"]

    def token(self, **wanted: object) -> str:
        """A further token of the sandbox, as the control API makes it."""
        return self._control("POST", f"/sandboxes/{self.client}/tokens", wanted)["token"]

    def redirected(self, sign_in: str) -> dict[str, str]:
        """What an application is sent back with, once somebody has signed in at this address of the hub."""
        opener = urllib.request.build_opener(_StayHere)
        try:
            opener.open(f"{sign_in}&login_hint=partner-full-admin", timeout=30)
        except urllib.error.HTTPError as answer:
            expect_equal(answer.code, 302, "status of the sign-in")
            query = urllib.parse.urlparse(answer.headers["Location"]).query
            return dict(urllib.parse.parse_qsl(query, strict_parsing=True))
        raise Unmet("the sign-in did not lead anywhere")

    def download(self, address: str) -> str:
        """What is at an address of the hub that was given out as one for a browser: without a token."""
        with urllib.request.urlopen(address, timeout=30) as response:
            return response.read().decode("utf-8-sig")

    def grant(self, scope: str, *, client_id: str, client_secret: str) -> dict:
        """The tokens of an application that an administrator lets in, for a client that cannot ask for them."""
        back = "http://localhost:6001/redirect"
        asked = {"client_id": client_id, "response_type": "code", "redirect_uri": back, "scope": scope}
        code = self.redirected(f"{self.api}/authorize?{urllib.parse.urlencode(asked)}")["code"]
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back}
        form |= {"client_id": client_id, "client_secret": client_secret}
        data = urllib.parse.urlencode(form).encode()
        with urllib.request.urlopen(f"{self.api}/access_token", data, timeout=30) as response:
            return json.loads(response.read())

    def finish(self) -> None:
        """Says how far the client went, and holds that against what the README says of it."""
        seen = {name: "".join(sorted(outcomes)) for name, outcomes in self._operations.items()}
        print(f"{self.client}: {self._steps} steps, {self._requests} requests to {len(seen)} operations", flush=True)
        promised = _promised(self.client)
        if seen != promised:
            for name in sorted(seen.keys() | promised.keys()):
                if seen.get(name) != promised.get(name):
                    said, was = promised.get(name, "nothing"), seen.get(name, "nothing")
                    print(f"{self.client}: FAILED: README.md says {said} of {name}, it was {was}", file=sys.stderr)
            sys.exit(1)

    def _look(self) -> None:
        """Checks what the step sent over the wire: nothing was refused but what the step says, and how."""
        expect(not contacted_elsewhere, f"only this machine is contacted: {contacted_elsewhere}")
        entries = self._log()
        refused = [entry for entry in entries if entry["status"] >= 400]
        for entry in refused:
            expect(entry["status"] < 500, f"the hub answered {entry['status']}")
            _check_error_body(entry)
        expect_equal([entry["status"] for entry in refused], self._refusals, "refusals of this step")
        for entry in entries:
            outcome = REFUSED if entry["status"] >= 400 else ANSWERED
            self._operations.setdefault(_operation(entry), set()).add(outcome)
            self._seen = max(self._seen, entry["id"])
            self._last = entry
        self._requests += len(entries)

    def _log(self) -> list[dict]:
        return self._control("GET", f"/sandboxes/{self.client}/requests?after={self._seen}")["items"]

    def _fail(self, what: str, error: BaseException) -> None:
        print(f"{self.client}: FAILED: {what}", file=sys.stderr)
        print("".join(traceback.format_exception(error)).rstrip(), file=sys.stderr)
        entries = self._log()
        refused = [entry for entry in entries if entry["status"] >= 400]
        at_fault = {entry["id"]: entry for entry in refused[-2:] + (entries[-1:] or [self._last]) if entry}
        for entry in at_fault.values():
            _print_exchange(entry)
        sys.exit(1)

    def _control(self, method: str, path: str, body: object = None) -> dict:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self._hub_control + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.loads(response.read() or b"null")


def _check_error_body(entry: dict) -> None:
    if entry["path"] == "/v1/access_token":
        return  # secrets go through it, so the log keeps no bodies
    body = json.loads(entry["responseBody"])
    expect(isinstance(body["message"], str) and body["message"], "an error has a message")
    expect(all(isinstance(error["description"], str) for error in body["errors"]), "each error has a description")
    expect(body["errors"], "an error body has errors")
    expect_equal(body["trackingId"], entry["trackingId"], "trackingId of body and header")


def _promised(client: str) -> dict[str, str]:
    """The column of a client in the README's table of operations."""
    rows = (HERE / "README.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows if row.startswith("|")]
    head = next(row for row in cells if row[0] == "operation")
    column = head.index(client)
    return {row[0].strip("`"): row[column] for row in cells if len(row) == len(head) and row[column] in OUTCOMES}


def _operation(entry: dict) -> str:
    """Method and path, with what looks like an id taken out."""
    parts = entry["path"].split("/")
    path = "/".join("{id}" if re.search(r"\d|%|=", part) and part not in ("v1", "v2") else part for part in parts)
    return f"{entry['method']} {path}"


def _print_exchange(entry: dict) -> None:
    query = f"?{entry['query']}" if "query" in entry else ""
    print(f"  {entry['method']} {entry['path']}{query}", file=sys.stderr)
    print(f"  > {entry.get('requestBody', '')}", file=sys.stderr)
    print(f"  {entry['status']} {entry.get('rule', '')} {entry['trackingId']}", file=sys.stderr)
    print(f"  < {entry.get('responseBody', '')[:4000]}", file=sys.stderr)


def uuid_of(wire_id: str) -> str:
    """The UUID at the end of an id such as `Y2lzY29zcGFyazovL3VzL1BFT1BMRS8...`."""
    return base64.b64decode(wire_id + "==").decode().rsplit("/", 1)[-1]


only_this_machine()
