"""Your client behind HCP/1: put it in the place of `Client`, and name one function for each operation that it can do.

`hcp.py` beside this file does everything else, and says in its first lines how. Operations, their arguments and what
they give are in `operations.md`; what is not declared here is not asked for.
"""

import json
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

import hcp

# Features are promises: see `operations.md`. A client that waits by `time.sleep` waits by the clock of the sandbox when
# its module's `time` is replaced: `their_module.time = hcp.virtual_time`.
adapter = hcp.Adapter("my-client", "0.1.0", features=[], max_parallel=4)


class Client:
    """Stands for your client."""

    def __init__(self, base_url, token):
        self.base_url, self.token = base_url, token

    def send(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        with urlopen(Request(self.base_url + path, data, headers, method=method)) as answer:
            return json.load(answer)


@adapter.opens
def opens(session):
    return Client(session.base_url, session.token)


@adapter.op("customer.get")
def customer_get(client, args):
    return client.send("GET", f"/v1/wholesale/customers/{quote(args['customerId'], safe='')}")


@adapter.op("subscriber.provision")
def subscriber_provision(client, args):
    return client.send("POST", "/v1/wholesale/subscribers", args)


# What your client raises where the hub says no, or does not answer; anything else is a crash.
@adapter.translates(HTTPError)
def refused(error):
    try:
        code = hcp.code_of(json.load(error))
    except ValueError:
        code = None
    return hcp.Refused(hcp.kind_of(error.code), code=code)


@adapter.translates(URLError, ConnectionError, json.JSONDecodeError)
def unreachable(error):
    return hcp.Refused("unavailable")


if __name__ == "__main__":
    adapter.run()
