// HCP/1 for adapters in Node: all that is between the conformance suite and a client, without dependencies.
//
// An adapter says what its client can do by naming functions after operations; this file reads and writes the messages:
//
//     run({
//       name: "my client", version: "1.0", features: ["retries-limited"],
//       open: (session) => new MyClient(session.base_url, session.token),
//       ops: { "customer.get": (client, args) => client.customer(args.customerId) },
//     });
//
// A function returns the value of `ok`, an object (a list becomes `items`). It throws `Refused` where the hub said no, and
// `Unsupported` where the client cannot do what was asked; `translate` makes these of errors of the client. Whatever else
// it throws is a crash. What anybody prints goes to stderr, so that stdout holds nothing but messages.

import { AsyncLocalStorage } from "node:async_hooks";
import { createInterface } from "node:readline";
import { setTimeout as sleepByTheWall } from "node:timers/promises";

/** The hub said no, or did not answer. `kind` is one of HCP/1's; may come with code, fields, retry_after_s, partial. */
export class Refused extends Error {
  constructor(kind, told = {}) {
    super(kind);
    this.body = { kind, ...told };
  }
}

/** The client cannot do this operation with these arguments. */
export class Unsupported extends Error {}

// What a client that knows only the HTTP status can say of a refusal.
const KINDS = {
  401: "unauthorized",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  429: "limited",
  504: "timeout",
};

/** The kind of a refusal with this HTTP status. */
export const kindOf = (status) => KINDS[status] ?? (status >= 500 ? "unavailable" : "invalid");

const present = new AsyncLocalStorage();

/** Waits: while a call is answered by the clock of the sandbox, else by the wall's. */
export async function sleep(ms) {
  const call = present.getStore();
  if (!call?.isVirtual) return sleepByTheWall(ms, undefined, { signal: call?.ends.signal });
  call.ends.signal.throwIfAborted();
  return new Promise((wake, fail) => {
    Object.assign(call, { wake, fail });
    call.say("sleep", { seq: call.seq, ms: Math.max(0, Math.round(ms)) });
  });
}

/** Aborted as soon as the suite does not wait for the present call any more; for `fetch`. */
export const signal = () => present.getStore()?.ends.signal;

/** Answers the suite until it says `bye` or closes stdin. */
export async function run(adapter) {
  const say = messagesOnly();
  const { name, version, features = [], max_parallel = 4, clock = "virtual" } = adapter;
  const ops = Object.keys(adapter.ops).sort();
  const clients = new Map();
  const calls = new Map();

  function cancel(call) {
    call?.ends.abort(new Refused("timeout"));
    call?.fail?.(call.ends.signal.reason);
  }

  async function answer(seq, work) {
    const call = { seq, say, isVirtual: clock === "virtual", ends: new AbortController() };
    calls.set(seq, call);
    const outcome = await present.run(call, () => outcomeOf(work, adapter.translate));
    calls.delete(seq);
    say("done", { seq, outcome });
  }

  function hear(message, body) {
    switch (message) {
      case "hello":
        return say("hello", { hcp: 1, name, version, language: "node", ops, features, max_parallel, clock });
      case "open":
        return answer(body.seq, async () => {
          clients.set(body.session, await adapter.open(body));
        });
      case "call":
        return answer(body.seq, () => {
          const op = adapter.ops[body.op];
          if (!op) throw new Unsupported(`the adapter does not declare ${body.op}`);
          return op(clients.get(body.session), body.args ?? {});
        });
      case "woke":
        return calls.get(body.seq)?.wake?.();
      case "cancel":
        return cancel(calls.get(body.seq));
      case "close":
        return clients.delete(body.session);
      case "bye":
        return process.exit(0); // calls that are still open are of no interest any more
      default:
        console.error(`hcp: a message "${message}" is not of HCP/1 and was left alone`);
    }
  }

  for await (const line of createInterface({ input: process.stdin })) {
    const [[message, body]] = Object.entries(JSON.parse(line));
    hear(message, body);
  }
  process.exit(0);
}

/** Keeps stdout for messages: what is printed from now on goes to stderr. */
function messagesOnly() {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  return (name, body) => write(`${JSON.stringify({ [name]: body })}\n`);
}

async function outcomeOf(work, translate) {
  try {
    const value = (await work()) ?? {};
    return { ok: { value: Array.isArray(value) ? { items: value } : value } };
  } catch (error) {
    const told = error instanceof Refused || error instanceof Unsupported ? error : (translate?.(error) ?? error);
    if (told instanceof Refused) return { refused: told.body };
    if (told instanceof Unsupported) return { unsupported: { reason: told.message } };
    return { crashed: { message: String(told), trace: told?.stack ?? "" } };
  }
}
