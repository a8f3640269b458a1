// Signing in and out, and forms that nobody else can send.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { closeBrowser, hub, leave, sandbox, signedIn, visit } from "./browser.mjs";

after(closeBrowser);

test("a demo administrator signs in by a button and out by another", async () => {
  const page = await signedIn(await sandbox("door-in-and-out"), "partner-full-admin");
  await page.getByText("partner-full-admin@example.com").waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByText("You are signed out.").waitFor();
  await page.goto(`${page.place.url}/customers`);
  assert.match(page.url(), /\/sign-in\?to=/, "the session is over");
  await leave(page);
});

test("everybody else signs in by OAuth, without script as well", async () => {
  const page = await visit(await sandbox("door-oauth"), { language: "es", script: false });
  await page.getByRole("button", { name: "Iniciar sesión con OAuth" }).click();
  await page.locator('button[value="admin@acme-dental.example.com"]').click();
  await page.waitForURL(/\/organizations\//);
  await page.getByText("admin@acme-dental.example.com").waitFor();
  await leave(page);
});

test("the language follows the browser, and can be chosen", async () => {
  const page = await visit(await sandbox("door-language"), { language: "es" });
  await page.getByRole("heading", { name: "Inicie sesión en el Concentrador de socios" }).waitFor();
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { name: "Sign in to Partner Hub" }).waitFor();
  await leave(page);
});

test("a form that another page sends is refused, also where the browser sends the session along", async () => {
  const place = await sandbox("door-foreign");
  const page = await signedIn(place, "partner-full-admin");
  const send = async (address, fields) => {
    await page.goto(address);
    await page.setContent(`<form method=post action="${place.url}/sign-out">${fields}<button>Win</button></form>`);
    const [answer] = await Promise.all([page.waitForNavigation(), page.getByRole("button").click()]);
    return answer;
  };
  assert.equal((await send("about:blank", "")).status(), 403, "from elsewhere, where the session stays at home");
  for (const fields of ["", '<input name="form-key" value="guessed">']) {
    const answer = await send(`${hub.url}/healthz`, fields);
    assert.match((await answer.request().allHeaders()).cookie, /mock-hub-door-foreign-session=/, "the session comes along");
    assert.equal(answer.status(), 403, fields);
  }
  await page.goto(`${place.url}/`);
  await page.getByRole("button", { name: "Sign out" }).waitFor();
  await page.context().close();
});
