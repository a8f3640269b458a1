// CSV add or edit with a large file: dropped, previewed, submitted, and watched.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { api, closeBrowser, controlHub, leave, patch, sandbox, signedIn } from "./browser.mjs";

after(closeBrowser);

const ROWS = 20_000;
// So that there is something to watch.
const ROWS_PER_SECOND = 5_000;

/** A file that adds users with a package of their organization, the last of whom has no address. */
function usersFile(template) {
  const meetings = template.split(",").find((column) => column.startsWith("Webex Meetings ["));
  assert.ok(meetings, `no column for meetings in ${template}`);
  const lines = [`First Name,Last Name,User ID/Email (Required),${meetings}`];
  for (let n = 1; n < ROWS; n += 1) lines.push(`Given ${n},Family ${n},user${n}@twenty-thousand.example.com,TRUE`);
  lines.push("Nobody,At All,,TRUE");
  return `${lines.join("\n")}\n`;
}

/** Drops a text on the page as a file, as a hand does. */
async function drop(page, text, name) {
  const transfer = await page.evaluateHandle(
    ([text, name]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], name, { type: "text/csv" }));
      return transfer;
    },
    [text, name],
  );
  const zone = page.locator("[data-drop]");
  await zone.dispatchEvent("dragover", { dataTransfer: transfer });
  assert.match(await zone.getAttribute("class"), /over/, "the place says that it takes the file");
  await zone.dispatchEvent("drop", { dataTransfer: transfer });
}

test("a file of 20,000 rows is dropped, previewed, imported, and its progress shown", async () => {
  const place = await sandbox("csv-drop", { clock: "real" });
  const page = await signedIn(place, "partner-full-admin");
  const home = await controlHub(place, "Acme Dental");
  await patch(place, `/hub/v1${home}/settings`, { importRowsPerSecond: ROWS_PER_SECOND });

  await page.goto(`${place.url}${home}/users/csv`);
  const [template] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download CSV template" }).click(),
  ]);
  await drop(page, usersFile(readFileSync(await template.path(), "utf8")), "twenty-thousand.csv");
  await page.getByLabel("Add and remove services").check();
  await page.getByRole("button", { name: "Upload" }).click();

  await page.getByRole("heading", { name: "What this file would do" }).waitFor();
  assert.match(await page.locator("main").innerText(), /19999\s+To add/);
  const before = await api(place, `/hub/v1${home}/tasks`);
  assert.equal(before.items.length, 0, "nothing has happened yet");
  await page.getByRole("button", { name: "Submit" }).click();

  const task = page.locator("#task");
  const bar = task.locator("progress");
  const seen = new Set();
  while (await task.evaluate((part) => part.hasAttribute("data-goes-on"))) {
    seen.add(await bar.evaluate((bar) => bar.value).catch(() => "replaced"));
    await page.waitForTimeout(200);
  }
  assert.ok(seen.size >= 3, `the bar moved without a reload: ${[...seen]}`);
  const [kept] = (await api(place, `/hub/v1${home}/tasks`)).items;
  assert.equal(kept.added, ROWS - 1);
  assert.equal(kept.failed, 1);

  const [errors] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download errors as CSV" }).click(),
  ]);
  const lines = readFileSync(await errors.path(), "utf8").trim().split("\n");
  assert.equal(lines.length, 2, "the header and the row that was refused");
  assert.match(lines[1], /Nobody/);
  await leave(page);
});

test("choosing a file works without script too", async () => {
  const place = await sandbox("csv-no-script");
  const page = await signedIn(place, "customer-full-admin", { script: false, language: "es" });
  const home = await controlHub(place, "Acme Dental");
  await patch(place, `/hub/v1${home}/settings`, { restrictedAdministratorMode: false });
  await page.goto(`${place.url}${home}/users/csv`);
  await page.getByLabel("Elegir un archivo").setInputFiles({
    name: "one.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("First Name,User ID/Email (Required)\nAna,ana@one.example.com\n"),
  });
  await page.getByLabel("Agregar y quitar servicios").check();
  await page.getByRole("button", { name: "Cargar" }).click();
  await page.getByText("ana@one.example.com").waitFor();
  await page.getByRole("button", { name: "Enviar" }).click();
  await page.getByText("Completada").first().waitFor();
  await leave(page);
});
