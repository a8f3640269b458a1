// A client of plain fetch behind HCP/1: `hub-conformance run -- node fetch_adapter.mjs`.
//
// It is what a careful developer writes without an SDK: it follows `Link`, waits as `Retry-After` says, asks again after a
// while where a GET was not answered, renews its token, and adds users by 25. A write without an answer it does not repeat.

import { Refused, kindOf, run, signal, sleep } from "./hcp.mjs";

const TRIES = 5;
// What goes on in the background is looked at ever less often, and for no longer than an hour.
const FIRST_POLL_MS = 2000;
const SLOWEST_POLL_MS = 60_000;
const PATIENCE_MS = 3_600_000;
const USERS_A_REQUEST = 25;
// After these a GET is asked again.
const PASSING = [502, 503, 504];

class Client {
  constructor({ base_url, token, options = {} }) {
    this.origin = base_url;
    this.token = token;
    this.options = options;
  }

  get = (path, query) => this.json("GET", path, { query });
  post = (path, body, query) => this.json("POST", path, { body, query });
  put = (path, body, query) => this.json("PUT", path, { body, query });
  patch = (path, body) => this.json("PATCH", path, { body });
  remove = (path) => this.json("DELETE", path, {});

  async json(method, path, request) {
    return jsonOf(await this.request(method, path, request));
  }

  /** The text at this path. */
  file = async (path) => ({ file: await (await this.request("GET", path, {})).text() });

  /** A CSV file sent to this path. */
  upload = (path, behavior, file) =>
    this.json("POST", path, { query: { behavior }, body: file, type: "text/csv; charset=utf-8" });

  /** All pages of a list, as they were answered. */
  async pages(path, query) {
    const pages = [];
    let answer = await this.request("GET", path, { query });
    for (;;) {
      pages.push(await jsonOf(answer));
      const next = nextPage(answer);
      if (!next) return pages;
      answer = await this.request("GET", next, {});
    }
  }

  all = async (path, query, key = "items") => (await this.pages(path, query)).flatMap((page) => page[key] ?? []);

  /** What is at this path as soon as `isBusy` denies it; an hour is long enough. */
  async settled(path, isBusy) {
    let [waited, pause] = [0, FIRST_POLL_MS];
    while (waited < PATIENCE_MS) {
      const seen = await this.get(path);
      if (!isBusy(seen)) return seen;
      await sleep(pause);
      waited += pause;
      pause = Math.min(2 * pause, SLOWEST_POLL_MS);
    }
    throw new Refused("timeout");
  }

  async request(method, path, { query = {}, body, type = "application/json" }) {
    const url = new URL(path.startsWith("/") ? this.origin + path : path);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    let hasRenewed = false;
    for (let tried = 1; ; tried++) {
      const answer = await this.send(method, url, type, body);
      if (answer?.ok) return answer;
      const mayRenew = answer?.status === 401 && this.options.refresh_token && !hasRenewed;
      if (mayRenew) {
        await this.renew();
        hasRenewed = true;
        continue;
      }
      const wait = tried < TRIES && pauseBefore(method, answer, tried);
      if (!wait) throw answer ? await refusal(answer) : new Refused("unavailable");
      await answer?.body?.cancel();
      await sleep(wait);
    }
  }

  /** One request; nothing where no answer came. */
  async send(method, url, type, body) {
    const headers = { authorization: `Bearer ${this.token}`, accept: "application/json" };
    if (url.pathname.endsWith(".csv")) headers.accept = "text/csv";
    if (body !== undefined) headers["content-type"] = type;
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    try {
      return await fetch(url, { method, headers, body: text, signal: signal() });
    } catch (error) {
      if (error instanceof Refused) throw error; // the suite does not wait any more
      return undefined;
    }
  }

  /** Gets a new access token with the refresh token. */
  async renew() {
    const { refresh_token, client_id, client_secret } = this.options;
    const body = new URLSearchParams({ grant_type: "refresh_token", refresh_token, client_id, client_secret });
    const answer = await fetch(`${this.origin}/v1/access_token`, { method: "POST", body, signal: signal() });
    if (!answer.ok) throw new Refused("unauthorized");
    this.token = (await answer.json()).access_token;
  }
}

/** How long to wait before asking again, in milliseconds; nothing where that is no use. */
function pauseBefore(method, answer, tried) {
  if (answer?.status === 429) return 1000 * Math.max(1, Number(answer.headers.get("retry-after")) || 1);
  const isPassing = !answer || PASSING.includes(answer.status);
  if (method === "GET" && isPassing) return 1000 * (Number(answer?.headers.get("retry-after")) || 2 ** (tried - 1));
  return undefined;
}

/** The body; nobody knows what the hub did whose answer was cut. */
async function jsonOf(answer) {
  try {
    const text = await answer.text();
    return text ? JSON.parse(text) : {};
  } catch {
    throw new Refused("unavailable");
  }
}

function nextPage(answer) {
  return /<([^>]*)>\s*;\s*rel="?next"?/.exec(answer.headers.get("link") ?? "")?.[1];
}

/** What an answer says that refuses: its status, Webex's error code, and the field that the message begins with. */
async function refusal(answer) {
  const told = {};
  try {
    const { message = "", errors = [] } = JSON.parse(await answer.text());
    const code = errors.find((error) => Number.isInteger(error.errorCode))?.errorCode;
    if (code !== undefined) told.code = code;
    const field = /^([A-Za-z][\w.[\]]*): /.exec(message)?.[1];
    if (field) told.fields = [field];
  } catch {
    // A gateway answers with anything; the status is all there is.
  }
  const wait = Number(answer.headers.get("retry-after"));
  if (wait) told.retry_after_s = wait;
  return new Refused(kindOf(answer.status), told);
}

const CUSTOMERS = "/v1/wholesale/customers";
const SUBSCRIBERS = "/v1/wholesale/subscribers";
const REPORTS = "/v1/wholesale/billing/reports";
const NUMBERS = "/v1/telephony/config/locations";

const customer = ({ customerId }) => `${CUSTOMERS}/${encodeURIComponent(customerId)}`;
const subscriber = ({ subscriberId }) => `${SUBSCRIBERS}/${encodeURIComponent(subscriberId)}`;
const person = ({ personId }) => `/v1/people/${encodeURIComponent(personId)}`;
const report = ({ id }) => `${REPORTS}/${encodeURIComponent(id)}`;
const organization = ({ orgId }) => `/hub/v1/organizations/${encodeURIComponent(orgId)}`;
const user = (args) => `${organization(args)}/users/${encodeURIComponent(args.userId)}`;
const task = (args) => `${organization(args)}/tasks/${encodeURIComponent(args.taskId)}`;

/** The arguments without these: what is the body, where these stand in path and query. */
const without = (args, ...names) => Object.fromEntries(Object.entries(args).filter(([name]) => !names.includes(name)));
/** Those of the arguments, as far as they are given. */
const only = (args, ...names) => Object.fromEntries(Object.entries(args).filter(([name]) => names.includes(name)));

const ON_BEHALF = "onBehalfOfSubPartnerOrgId";

const ops = {
  "customer.precheck": (client, args) =>
    client.post(`${CUSTOMERS}/validate`, without(args, ON_BEHALF), only(args, ON_BEHALF)),
  "customer.provision": (client, args) => client.post(CUSTOMERS, without(args, ON_BEHALF), only(args, ON_BEHALF)),
  "customer.await": (client, args) =>
    client.settled(customer(args), ({ status }) => status === "provisioning" || status === "updating"),
  "customer.get": (client, args) => client.get(customer(args)),
  "customer.list": (client, args) => client.all(CUSTOMERS, args),
  "customer.update": (client, args) =>
    client.put(customer(args), without(args, "customerId", ON_BEHALF), only(args, ON_BEHALF)),
  "customer.remove": (client, args) => client.remove(customer(args)),
  "subpartner.list": (client, args) => client.all("/v1/wholesale/subPartners", args),

  "subscriber.precheck": (client, args) => client.post(`${SUBSCRIBERS}/validate`, args),
  "subscriber.provision": (client, args) => client.post(SUBSCRIBERS, args),
  "subscriber.get": (client, args) => client.get(subscriber(args)),
  "subscriber.list": (client, args) => client.all(SUBSCRIBERS, args),
  "subscriber.change_package": (client, args) => client.put(subscriber(args), without(args, "subscriberId")),
  "subscriber.remove": (client, args) => client.remove(subscriber(args)),

  "users.add": addUsers,
  "users.list": (client, args) => client.all(`${organization(args)}/users`, userFilter(args)),
  "users.change_package": (client, args) => client.put(`${user(args)}/package`, without(args, "orgId", "userId")),
  "users.remove": (client, args) => client.remove(user(args)),
  "users.claim": (client, args) => client.post(`${organization(args)}/users/claim`, without(args, "orgId")),
  "users.export": (client, args) => client.file(`${organization(args)}/users/export.csv`),
  "users.template": (client, args) => client.file(`${organization(args)}/users/template.csv`),
  "users.plan_csv": (client, args) => client.upload(`${organization(args)}/user-imports/plan`, args.behavior, args.file),
  "users.import_csv": (client, args) => client.upload(`${organization(args)}/user-imports`, args.behavior, args.file),

  "task.await": (client, args) =>
    client.settled(task(args), ({ status }) => status !== "COMPLETED" && status !== "ABANDONED"),
  "task.errors": taskErrors,
  "task.pause": (client, args) => client.post(`${task(args)}/pause`),
  "task.resume": (client, args) => client.post(`${task(args)}/resume`),
  "task.cancel": (client, args) => client.post(`${task(args)}/cancel`),
  "settings.get": (client, args) => client.get(`${organization(args)}/settings`),
  "settings.change": (client, args) => client.patch(`${organization(args)}/settings`, without(args, "orgId")),

  "person.create": (client, args) =>
    client.post("/v1/people", without(args, "callingData"), only(args, "callingData")),
  "person.get": (client, args) => client.get(person(args), only(args, "callingData")),
  "person.list": (client, args) => client.all("/v1/people", args),
  "person.update": (client, args) =>
    client.put(person(args), without(args, "personId", "callingData"), only(args, "callingData")),
  "person.remove": (client, args) => client.remove(person(args)),

  "license.list": (client, args) => client.all("/v1/licenses", args),
  "license.get": license,
  "license.assign": (client, args) => client.patch("/v1/licenses/users", args),

  "location.create": (client, args) => client.post("/v1/locations", without(args, "orgId"), only(args, "orgId")),
  "location.list": (client, args) => client.all("/v1/locations", args),
  "location.enable_calling": (client, args) => client.post(NUMBERS, without(args, "orgId"), only(args, "orgId")),
  "number.add": (client, args) => {
    const path = `${NUMBERS}/${encodeURIComponent(args.locationId)}/numbers`;
    return client.post(path, only(args, "phoneNumbers", "state"), only(args, "orgId"));
  },
  "number.list": async (client, args) => ({
    phoneNumbers: await client.all("/v1/telephony/config/numbers", args, "phoneNumbers"),
  }),

  "billing.create_report": (client, args) => client.post(REPORTS, args),
  "billing.await_report": (client, args) => client.settled(report(args), ({ status }) => status === "IN_PROGRESS"),
  "billing.remove_report": (client, args) => client.remove(report(args)),
};

/** The hub calls the location of a filter `location`. */
function userFilter({ locationId, ...args }) {
  const filter = without(args, "orgId");
  return locationId === undefined ? filter : { ...filter, location: locationId };
}

/** Where a later request is refused, the users of those before are there all the same. */
async function addUsers(client, args) {
  const results = [];
  for (let from = 0; from === 0 || from < args.users.length; from += USERS_A_REQUEST) {
    const users = args.users.slice(from, from + USERS_A_REQUEST);
    try {
      results.push(...(await client.post(`${organization(args)}/users`, { users })).results);
    } catch (error) {
      if (from > 0 && error instanceof Refused) throw new Refused("partial", { partial: { results } });
      throw error;
    }
  }
  return { results };
}

/** Errors of a task have the address of their next page in the body. */
async function taskErrors(client, args) {
  const found = [];
  let page = await client.get(`${task(args)}/errors`, only(args, "limit"));
  for (;;) {
    found.push(...page.items);
    if (!page.paging.next) return found;
    page = await client.get(page.paging.next);
  }
}

async function license(client, args) {
  const path = `/v1/licenses/${encodeURIComponent(args.licenseId)}`;
  const pages = await client.pages(path, only(args, "includeAssignedTo"));
  return pages[0].users ? { ...pages[0], users: pages.flatMap((page) => page.users) } : pages[0];
}

run({
  name: "plain fetch",
  version: process.versions.node,
  features: ["retries-limited", "retries-unavailable", "refreshes-token", "splits-users", "reports-fields"],
  open: (session) => new Client(session),
  ops,
});
