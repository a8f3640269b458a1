// What administrators of other kinds see, and what is withheld from them.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { closeBrowser, controlHub, leave, patch, sandbox, signedIn } from "./browser.mjs";

after(closeBrowser);

const isOff = (control) => control.evaluate((it) => it.matches(":disabled, [aria-disabled=true]"));

test("restricted mode greys out Manage users for the customer's administrators and says why", async () => {
  const place = await sandbox("roles-restricted");
  const home = await controlHub(place, "Acme Dental");
  await patch(place, `/hub/v1${home}/settings`, { restrictedAdministratorMode: true });
  const page = await signedIn(place, "customer-full-admin");
  await page.goto(`${place.url}${home}/users`);
  const manage = page.getByText("Manage users", { exact: true });
  assert.ok(await isOff(manage));
  await page.getByText("CUS-027").first().waitFor();
  await page.goto(`${place.url}${home}/users/add`);
  await page.getByText("CUS-027").first().waitFor();
  assert.equal(await page.locator("main button:enabled").count(), 0, "nor by its address");
  await patch(place, `/hub/v1${home}/settings`, { restrictedAdministratorMode: false });
  await page.goto(`${place.url}${home}/users`);
  assert.ok(!(await isOff(manage)));
  await manage.click();
  await page.getByRole("link", { name: "Manually Add Users" }).waitFor();
  await leave(page);
});

test("who only reads is offered nothing that changes, and is refused by its address", async () => {
  const place = await sandbox("roles-reader");
  const page = await signedIn(place, "customer-read-only");
  const home = await controlHub(place, "Acme Dental");
  await page.goto(`${place.url}${home}/users`);
  assert.ok(await isOff(page.getByText("Manage users", { exact: true })));
  await page.goto(`${place.url}${home}/settings`);
  assert.equal(await page.locator("main button:enabled").count(), 0);
  const customers = await page.goto(`${place.url}/customers`);
  assert.equal(customers.status(), 403, "a customer's administrator has no Partner Hub");
  await leave(page);
});

test("a partner administrator sees the customers that are assigned to him, and no other", async () => {
  const place = await sandbox("roles-partner-admin");
  const all = await signedIn(place, "partner-full-admin");
  const names = async (page) => {
    await page.goto(`${place.url}/customers`);
    return page.locator("tbody th").allInnerTexts();
  };
  const everybody = await names(all);
  const some = await signedIn(place, "partner-admin");
  const assigned = await names(some);
  assert.ok(everybody.length >= 3 && assigned.length <= everybody.length);
  assert.ok(assigned.every((name) => everybody.includes(name)));
  await leave(all);
  await leave(some);
});
