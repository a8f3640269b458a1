// Every page that links lead to, as axe sees it, at desktop and phone width, in light and dark, in both languages, with
// data that is long, reads from right to left, and is many.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { api, assertAccessible, closeBrowser, controlHub, leave, sandbox, signedIn, visit } from "./browser.mjs";

after(closeBrowser);

const AT_MOST = 120;
const MANY = 300;

/** An address with what differs between pages of one kind taken out, so that one of each kind is visited. */
const kindOf = (url) =>
  url.pathname
    .replace(/\/s\/[^/]+/, "")
    .replace(/\/[A-Za-z0-9_-]{40,}/g, "/ID")
    .replace(/\/[0-9a-f]{8}-[0-9a-f-]{27}/g, "/ID")
    .replace(/\/requests\/\d+/, "/requests/N")
    .replace(/\/sandboxes\/[^/]+/, "/sandboxes/NAME");

/** Visits a page of each kind that can be reached from here, and has `look` look at it. */
async function crawl(page, look) {
  const start = new URL(page.url());
  const seen = new Set([kindOf(start)]);
  const waiting = [start.href];
  while (waiting.length > 0 && seen.size <= AT_MOST) {
    const address = waiting.shift();
    await page.goto(address);
    await look(kindOf(new URL(address)));
    const links = await page.locator("a[href]:not([download])").evaluateAll((all) => all.map((link) => link.href));
    for (const url of links.map((link) => new URL(link))) {
      const isPage = url.origin === start.origin && url.pathname.startsWith(`/s/`) && !/\/docs|\.(csv|yaml|zip)$/.test(url.pathname);
      if (!isPage || seen.has(kindOf(url))) continue;
      seen.add(kindOf(url));
      url.hash = "";
      waiting.push(url.href);
    }
  }
  assert.ok(seen.size <= AT_MOST, "there is an end to it");
  return seen;
}

/** A customer with what makes pages burst. */
async function crowded(name) {
  const place = await sandbox(name);
  const home = await controlHub(place, "Acme Dental");
  const long = "Wolfeschlegelsteinhausenbergerdorff".repeat(3);
  const people = [
    { email: "long@acme-dental.example.com", firstName: long, lastName: long },
    { email: "rtl@acme-dental.example.com", firstName: "مُحَمَّد", lastName: "عبد الرحمن بن عبد العزيز" },
    { email: "mixed@acme-dental.example.com", firstName: "<b>Ana</b>", lastName: "שלום O'Neil & Söhne" },
  ];
  await api(place, `/hub/v1${home}/users`, { method: "POST", body: { users: people } });
  const rows = Array.from({ length: MANY }, (_, n) => `Given ${n},Family ${n},many${n}@acme-dental.example.com`);
  const answer = await fetch(`${place.url}/hub/v1${home}/user-imports?behavior=add-services-only`, {
    method: "POST",
    headers: { Authorization: `Bearer ${place.token}`, "Content-Type": "text/csv" },
    body: `First Name,Last Name,User ID/Email (Required)\n${rows.join("\n")}\n,,nonsense\n`,
  });
  assert.equal(answer.status, 202);
  return place;
}

for (const [language, width, dark] of [["en", 1280, false], ["es", 320, true]]) {
  test(`every page is accessible: ${language}, ${width} px, ${dark ? "dark" : "light"}`, { timeout: 600_000 }, async () => {
    const page = await signedIn(await crowded(`axe-${language}`), "partner-full-admin", { language, width, dark });
    const seen = await crawl(page, (kind) => assertAccessible(page, kind));
    assert.ok(seen.size >= 40, `only these pages: ${[...seen].join(", ")}`);
    await leave(page);
  });
}

test("the door is accessible", async () => {
  const page = await visit(await sandbox("axe-door"), { width: 320 });
  await assertAccessible(page, "sign-in");
  await page.getByRole("button", { name: "Sign in with OAuth" }).click();
  await page.locator("button[name=login_hint]").first().waitFor();
  await assertAccessible(page, "authorize");
  await leave(page);
});

test("who only reads finds no dead ends", { timeout: 600_000 }, async () => {
  const page = await signedIn(await sandbox("axe-reader"), "partner-read-only");
  await crawl(page, async (kind) => {
    const heading = await page.locator("h1").innerText();
    assert.notEqual(heading, "This did not work", `${kind} is offered and refused`);
  });
  await leave(page);
});
