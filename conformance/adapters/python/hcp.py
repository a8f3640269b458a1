"""HCP/1 for adapters in Python: all that is between the conformance suite and a client, without dependencies.

An adapter says what its client can do by naming functions after operations; this file reads and writes the messages:

    adapter = hcp.Adapter("my client", "1.0", features=["retries-limited"])

    @adapter.opens
    def opens(session):
        return MyClient(session.base_url, session.token)

    @adapter.op("customer.get")
    def customer_get(client, args):
        return client.customer(args["customerId"])

    adapter.run()

A function returns the value of `ok`, a dict (a list becomes `items`). It raises `Refused` where the hub said no, and
`Unsupported` where the client cannot do what was asked; `adapter.translates` turns exceptions of the client into these.
Whatever else it raises is a crash. What anybody prints goes to stderr, so that stdout holds nothing but messages.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

# What a client that knows only the HTTP status can say of a refusal.
KINDS = {
    400: "invalid",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    409: "conflict",
    429: "limited",
    500: "unavailable",
    502: "unavailable",
    503: "unavailable",
    504: "timeout",
}


def kind_of(status: int) -> str:
    """The kind of a refusal with this HTTP status; other 4xx are `invalid`, other 5xx `unavailable`."""
    return KINDS.get(status, "unavailable" if status >= 500 else "invalid")


def code_of(body: Any) -> int | None:
    """The first error code in a body of Webex that refuses."""
    errors = body.get("errors") if isinstance(body, dict) else None
    codes = [error.get("errorCode") for error in errors or [] if isinstance(error, dict)]
    return next((code for code in codes if isinstance(code, int)), None)


def only(args: dict, *names: str) -> dict:
    """Those of the arguments, as far as they are given: what stands behind the question mark."""
    return {name: args[name] for name in names if name in args}


def without(args: dict, *names: str) -> dict:
    """The other arguments: what is the body, where these stand in path and query."""
    return {name: value for name, value in args.items() if name not in names}


class Refused(Exception):
    """The hub said no, or did not answer; `kind` is one of HCP/1's."""

    def __init__(
        self,
        kind: str,
        *,
        code: int | None = None,
        fields: Iterable[str] | None = None,
        retry_after_s: float | None = None,
        partial: Any = None,
    ) -> None:
        super().__init__(kind)
        told = {"kind": kind, "code": code, "fields": fields and list(fields)}
        told |= {"retry_after_s": retry_after_s, "partial": partial}
        self.body = {name: value for name, value in told.items() if value is not None}


class Unsupported(Exception):
    """The client cannot do this operation with these arguments."""


class Cancelled(BaseException):
    """The suite does not wait for the call any more; no `except Exception` of a client swallows this."""


@dataclass
class Session:
    """What a new client object is made of."""

    base_url: str
    """The origin: /v1, /hub/v1 and /identity lie under it."""
    token: str
    now: str
    """The time of the sandbox when the session was opened."""
    options: dict = field(default_factory=dict)
    """May have `refresh_token`, `client_id` and `client_secret`."""


class _Call:
    """A message that is being answered: where its sleeps wait, and whether the suite has given it up."""

    def __init__(self, seq: Any) -> None:
        self.seq = seq
        self.woken = threading.Event()
        self.is_cancelled = False


class _Lines:
    """stdout, kept for messages: what is printed from now on goes to stderr."""

    def __init__(self) -> None:
        self._out = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
        self._lock = threading.Lock()
        os.dup2(2, 1)
        sys.stdout = sys.stderr

    def say(self, name: str, body: dict) -> None:
        line = json.dumps({name: body}, ensure_ascii=False, separators=(",", ":"))
        with self._lock:
            self._out.write(line + "\n")
            self._out.flush()


_present = threading.local()
_real_sleep = time.sleep


def sleep(seconds: float) -> None:
    """Stands for `time.sleep`: while a call is answered it waits by the clock of the sandbox, else by the wall's."""
    adapter: Adapter | None = getattr(_present, "adapter", None)
    if adapter is None or adapter.clock != "virtual":
        _real_sleep(seconds)
        return
    call: _Call = _present.call
    call.woken.clear()
    if not call.is_cancelled:
        adapter.say("sleep", {"seq": call.seq, "ms": max(0, round(seconds * 1000))})
        call.woken.wait()
    if call.is_cancelled:
        raise Cancelled


def settled(look: Callable[[], dict], busy: Iterable[str]) -> dict:
    """What `look` finds as soon as its status is none of these: for clients that leave the waiting to their users.

    It looks ever less often, once a minute in the end, and gives up after an hour.
    """
    waited, pause = 0, 2
    while waited < 3600:
        found = look()
        if found["status"] not in busy:
            return found
        sleep(pause)
        waited += pause
        pause = min(2 * pause, 60)
    raise Refused("timeout")


# For clients that import the module `time`: `client_module.time = hcp.virtual_time`.
virtual_time = SimpleNamespace(**{**vars(time), "sleep": sleep})


class Adapter:
    """One client: what it can do, and its objects by session."""

    def __init__(
        self,
        name: str,
        version: str,
        *,
        features: Iterable[str] = (),
        max_parallel: int = 1,
        clock: str = "virtual",
    ) -> None:
        self.clock = clock
        self._hello = {"hcp": 1, "name": name, "version": version, "language": "python"}
        self._hello |= {"features": list(features), "max_parallel": max_parallel, "clock": clock}
        self._ops: dict[str, Callable[[Any, dict], Any]] = {}
        self._translations: list[tuple[type[BaseException], Callable]] = []
        self._make: Callable[[Session], Any] = lambda session: session
        self._clients: dict[str, Any] = {}
        self._calls: dict[Any, _Call] = {}
        self._lines: _Lines | None = None

    def opens(self, make: Callable[[Session], Any]) -> Callable[[Session], Any]:
        """Marks the function that makes a client object of a session."""
        self._make = make
        return make

    def op(self, name: str) -> Callable[[Callable], Callable]:
        """Marks the function that does this operation; the adapter declares it."""

        def mark(function: Callable[[Any, dict], Any]) -> Callable[[Any, dict], Any]:
            self._ops[name] = function
            return function

        return mark

    def translates(self, *exceptions: type[BaseException]) -> Callable[[Callable], Callable]:
        """Marks the function that makes a `Refused` (or nothing, for a crash) of such an exception of the client."""

        def mark(function: Callable[[Any], Refused | None]) -> Callable[[Any], Refused | None]:
            self._translations += [(exception, function) for exception in exceptions]
            return function

        return mark

    def run(self) -> None:
        """Answers the suite until it says `bye` or closes stdin."""
        self._lines = _Lines()
        for line in sys.stdin.buffer:
            [(name, body)] = json.loads(line).items()
            if name == "bye":
                break
            self._hear(name, body)
        # Calls that are still open are of no interest any more, and a client may hang.
        os._exit(0)

    def say(self, name: str, body: dict) -> None:
        """Sends a message."""
        self._lines.say(name, body)

    def _hear(self, name: str, body: dict) -> None:
        if name == "hello":
            self.say("hello", self._hello | {"ops": sorted(self._ops)})
        elif name == "open":
            self._answer(body["seq"], self._open, body)
        elif name == "call":
            self._answer(body["seq"], self._call, body)
        elif name in ("woke", "cancel"):
            self._wake(body["seq"], is_cancelled=name == "cancel")
        elif name == "close":
            self._clients.pop(body["session"], None)
        else:
            print(f"hcp: a message {name!r} is not of HCP/1 and was left alone", file=sys.stderr)

    def _answer(self, seq: Any, work: Callable[[dict], Any], body: dict) -> None:
        """Does the work in a thread of its own, because the suite goes on talking meanwhile."""
        call = self._calls[seq] = _Call(seq)

        def answer() -> None:
            _present.adapter, _present.call = self, call
            outcome = self._outcome(work, body)
            del self._calls[seq]
            self.say("done", {"seq": seq, "outcome": outcome})

        threading.Thread(target=answer, daemon=True).start()

    def _wake(self, seq: Any, *, is_cancelled: bool) -> None:
        if call := self._calls.get(seq):
            call.is_cancelled |= is_cancelled
            call.woken.set()

    def _open(self, body: dict) -> dict:
        session = Session(body["base_url"], body["token"], body.get("now", ""), body.get("options") or {})
        self._clients[body["session"]] = self._make(session)
        return {}

    def _call(self, body: dict) -> Any:
        function = self._ops.get(body["op"])
        if function is None:
            raise Unsupported(f"the adapter does not declare {body['op']}")
        return function(self._clients[body["session"]], body.get("args") or {})

    def _outcome(self, work: Callable[[dict], Any], body: dict) -> dict:
        try:
            value = work(body)
        except Refused as refused:
            return {"refused": refused.body}
        except Unsupported as unsupported:
            return {"unsupported": {"reason": str(unsupported)}}
        except Cancelled:
            return {"refused": {"kind": "timeout"}}
        except (Exception, SystemExit) as error:
            return self._translated(error)
        if isinstance(value, (list, tuple)):
            value = {"items": list(value)}
        return {"ok": {"value": {} if value is None else value}}

    def _translated(self, error: BaseException) -> dict:
        for exception, translate in self._translations:
            if isinstance(error, exception) and (refused := translate(error)):
                return {"refused": refused.body}
        trace = "".join(traceback.format_exception(error))
        return {"crashed": {"message": f"{type(error).__name__}: {error}", "trace": trace}}
