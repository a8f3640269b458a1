// Your client behind HCP/1: put it in the place of `Client`, and name one function for each operation that it can do.
//
// `hcp.mjs` beside this file does everything else, and says in its first lines how. Operations, their arguments and what
// they give are in `operations.md`; what is not declared here is not asked for.

import { Refused, kindOf, run, signal } from "./hcp.mjs";

/** Stands for your client. One that waits does so with `sleep` of `hcp.mjs`, by the clock of the sandbox. */
class Client {
  constructor({ base_url, token }) {
    this.origin = base_url;
    this.headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  }

  async send(method, path, body) {
    const request = { method, headers: this.headers, body: JSON.stringify(body), signal: signal() };
    const answer = await fetch(this.origin + path, request);
    if (!answer.ok) throw new RefusedByHub(answer.status, await answer.json().catch(() => ({})));
    return answer.json();
  }
}

class RefusedByHub extends Error {
  constructor(status, body) {
    super(`refused with ${status}`);
    Object.assign(this, { status, body });
  }
}

const ops = {
  "customer.get": (client, args) =>
    client.send("GET", `/v1/wholesale/customers/${encodeURIComponent(args.customerId)}`),
  "subscriber.provision": (client, args) => client.send("POST", "/v1/wholesale/subscribers", args),
};

/** What your client throws where the hub says no, or does not answer; anything else is a crash. */
function translate(error) {
  if (error instanceof RefusedByHub) {
    const code = error.body.errors?.find((it) => Number.isInteger(it.errorCode))?.errorCode;
    return new Refused(kindOf(error.status), code === undefined ? {} : { code });
  }
  const isCut = error instanceof SyntaxError; // what was answered is no JSON
  if (isCut || error.message === "fetch failed") return new Refused("unavailable");
}

// Features are promises: see `operations.md`.
run({ name: "my-client", version: "0.1.0", features: [], open: (session) => new Client(session), ops, translate });
