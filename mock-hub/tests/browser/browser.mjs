// A real browser in front of a hub: signs in, walks, and looks whether a page is accessible.
//
// Run by `cargo xtask browser`, which says in the environment where the hub is (HUB_READY_FILE), where the packages of
// package.json are (NODE_PACKAGES) and which browser to use (CHROMIUM). Each test has a sandbox of its own.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const packages = createRequire(`${process.env.NODE_PACKAGES}/`);
const { chromium } = packages("playwright-core");
const axe = readFileSync(packages.resolve("axe-core/axe.min.js"), "utf8");

export const hub = JSON.parse(readFileSync(process.env.HUB_READY_FILE, "utf8"));

// How long anything may take that a page waits for.
const PATIENCE_MS = 30_000;
// Findings that keep a page from being used.
const SERIOUS = ["serious", "critical"];

let running;

/** The browser, which all tests of a file share. */
export async function browser() {
  running ??= await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  return running;
}

export async function closeBrowser() {
  await running?.close();
  running = undefined;
}

/** A call of the control API. */
export async function control(method, path, body) {
  const answer = await fetch(`${hub.control}${path}`, {
    method,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

/** A new sandbox with the demo world. */
export async function sandbox(name, more = {}) {
  const made = await control("POST", "/sandboxes", { name, world: "demo", ...more });
  return { ...made, token: made.tokens["partner-full-admin"] };
}

/** Calls the API of a sandbox as its partner's full administrator. */
export async function api(place, path, { method = "GET", body } = {}) {
  const headers = { Authorization: `Bearer ${place.token}`, "Content-Type": "application/json" };
  const answer = await fetch(`${place.url}${path}`, { method, headers, body: body && JSON.stringify(body) });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${answer.ok ? "" : await answer.text()}`);
  return answer.json();
}

export const patch = (place, path, body) => api(place, path, { method: "PATCH", body });

/** The path of the Control Hub of a customer, by its name. */
export async function controlHub(place, name) {
  const { items } = await api(place, "/v1/organizations");
  const found = items.find((organization) => organization.displayName === name);
  assert.ok(found, `no organization ${name}`);
  return `/organizations/${found.id}`;
}

/**
 * A page in a window of its own, in which nothing but the hub can be reached. What the browser complains about on the
 * way is a fault of ours.
 */
export async function visit(place, { language = "en", width = 1280, height = 900, dark = false, script = true } = {}) {
  const context = await (await browser()).newContext({
    locale: language === "es" ? "es-ES" : "en-GB",
    viewport: { width, height },
    colorScheme: dark ? "dark" : "light",
    javaScriptEnabled: script,
    reducedMotion: "reduce",
    acceptDownloads: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // A refusal is an answer with a status that the browser mentions.
    const isStatus = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !isStatus) complaints.push(message.text());
  });
  await context.route((url) => url.origin !== new URL(hub.url).origin, (route) => {
    complaints.push(`asked for ${route.request().url()}`);
    return route.abort();
  });
  page.complaints = complaints;
  page.place = place;
  await page.goto(`${place.url}/`);
  return page;
}

/** Signs in with the button of a demo administrator. */
export async function signIn(page, label) {
  await page.locator(`button[name=login_hint][value="${label}@example.com"]`).click();
  await page.waitForURL((url) => !url.pathname.includes("sign-in") && !url.pathname.includes("authorize"));
}

/** A page in which a demo administrator is signed in. */
export async function signedIn(place, label, options = {}) {
  const page = await visit(place, options);
  await signIn(page, label);
  return page;
}

/** Closes a window, which must not have had anything to complain about. */
export async function leave(page) {
  assert.deepEqual(page.complaints, []);
  await page.context().close();
}

/** Fails where axe finds something serious, or the page is wider than its window. */
export async function assertAccessible(page, where) {
  const found = await (async () => {
    await page.evaluate(axe);
    return page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  })();
  const serious = found.violations.filter((it) => SERIOUS.includes(it.impact));
  const lines = serious.map((it) => `${it.id}: ${it.help}: ${it.nodes.map((node) => node.html).slice(0, 3).join(" | ")}`);
  assert.deepEqual(lines, [], where);
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(excess <= 0, `${where} is ${excess} px wider than its window`);
}
