// Takes the screenshots of the documentation: `node screenshots.mjs FOLDER`, by `cargo xtask browser --screenshots`.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { api, closeBrowser, controlHub, leave, patch, sandbox, signedIn, visit } from "./browser.mjs";

const [folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

const shots = [];
async function take(page, name, path) {
  if (path !== undefined) await page.goto(`${page.place.url}${path}`);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
  shots.push(name);
}

const place = await sandbox("screenshots");
const home = await controlHub(place, "Acme Dental");

const door = await visit(place);
await take(door, "sign-in");
await leave(door);

const page = await signedIn(place, "partner-full-admin", { height: 860 });
await take(page, "customers", "/customers");
await take(page, "customer-new", "/customers/new");
await take(page, "analytics", "/analytics");
await take(page, "control-hub", home);
await take(page, "users", `${home}/users`);
await take(page, "users-add", `${home}/users/add`);

// A CSV with a mistake, previewed and imported at a pace that can be watched.
await patch(place, `/hub/v1${home}/settings`, { importRowsPerSecond: 5 });
await page.goto(`${place.url}${home}/users/csv`);
const rows = Array.from({ length: 40 }, (_, n) => `Given ${n},Family ${n},user${n}@acme-dental.example.com`);
await page.locator("input[type=file]").setInputFiles({
  name: "users.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(`First Name,Last Name,User ID/Email (Required)\n${rows.join("\n")}\nNobody,At All,nobody\n`),
});
await page.locator("input[value=add-and-remove-services]").check();
await page.locator("button.primary").click();
await page.getByText("nobody", { exact: true }).waitFor();
await take(page, "csv-preview");
await page.locator("form button.primary").click();
await page.locator("#task progress").waitFor();
await fetch(`${place.url}/_mock/v1/sandboxes/screenshots/clock/advance`, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: '{"seconds":5}',
});
await page.reload();
await take(page, "csv-progress");

const { items } = await api(place, `/hub/v1${home}/users?search=reception`);
const [user] = items;
const spanish = await signedIn(place, "partner-full-admin", { language: "es", height: 860 });
await take(spanish, "user-es", `${home}/users/${user.id}`);
await leave(spanish);

// Something refused, and something changed.
const headers = { Authorization: `Bearer ${place.token}`, "Content-Type": "application/json" };
await fetch(`${place.url}/v1/wholesale/subscribers`, { method: "POST", headers, body: "{}" });
await fetch(`${place.url}/v1/wholesale/subscribers/${user.subscriberId}`, { method: "DELETE", headers });
await take(page, "requests", "/behind-the-scenes/requests");
await page.locator("tbody a").first().click();
await take(page, "request");
await leave(page);

const phone = await signedIn(place, "partner-full-admin", { width: 390, height: 844, dark: true });
await take(phone, "users-phone-dark", `${home}/users`);
await leave(phone);

await closeBrowser();
console.log(`${shots.length} screenshots in ${folder}`);
