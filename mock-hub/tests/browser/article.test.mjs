// The three procedures of the help article, step by step, by the labels that it has in each language.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { api, closeBrowser, controlHub, leave, sandbox, signedIn } from "./browser.mjs";

after(closeBrowser);

const CUSTOMER = "Acme Dental";
const LABELS = {
  en: {
    customers: "Customers",
    launch: "Launch Control Hub",
    users: "Users",
    manageUsers: "Manage users",
    addManually: "Manually Add Users",
    basicInformation: "Basic information",
    firstName: "First name",
    lastName: "Last name",
    email: "Email",
    package: "Package",
    next: "Next",
    addAnother: "Add another user",
    close: "Close",
    csv: "CSV add or edit",
    behavior: "Select CSV import behavior",
    addAndRemove: "Add and remove services",
    upload: "Upload",
    submit: "Submit",
    arrow: "Change package >",
    location: "Location",
    extension: "Extension",
    change: "Change",
  },
  es: {
    customers: "Clientes",
    launch: "Iniciar centro de control",
    users: "Usuarios",
    manageUsers: "Administrar usuarios",
    addManually: "Agregar usuarios manualmente",
    basicInformation: "Información básica",
    firstName: "Nombre de pila",
    lastName: "Apellidos",
    email: "Correo electrónico",
    package: "Paquete",
    next: "Siguiente",
    addAnother: "Agregar otro usuario",
    close: "Cerrar",
    csv: "Agregar o editar CSV",
    behavior: "Seleccionar comportamiento de importación de CSV",
    addAndRemove: "Agregar y quitar servicios",
    upload: "Cargar",
    submit: "Enviar",
    arrow: "Cambiar paquete >",
    location: "Ubicación",
    extension: "Extensión",
    change: "Cambiar",
  },
};

/** From the sign-in to the users of the customer, as all procedures begin. */
async function toUsers(place, language) {
  const says = LABELS[language];
  const page = await signedIn(place, "partner-full-admin", { language });
  await page.getByRole("link", { name: says.customers, exact: true }).click();
  await page.getByRole("link", { name: CUSTOMER }).click();
  await page.getByRole("link", { name: says.launch }).click();
  await page.getByRole("link", { name: says.users, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: says.users }).waitFor();
  return page;
}

const usersOf = async (place) => {
  const { items } = await api(place, `/hub/v1${await controlHub(place, CUSTOMER)}/users?max=100`);
  return new Map(items.map((user) => [user.email, user]));
};

for (const language of ["en", "es"]) {
  const says = LABELS[language];

  test(`add users manually: ${language}`, async () => {
    const place = await sandbox(`article-add-${language}`);
    const page = await toUsers(place, language);
    await page.getByRole("link", { name: says.manageUsers }).click();
    await page.getByRole("link", { name: says.addManually }).click();
    await page.getByText(says.basicInformation).first().waitFor();
    const fill = async (first, last, email) => {
      await page.getByRole("textbox", { name: new RegExp(`^${says.firstName} \\(`) }).fill(first);
      await page.getByRole("textbox", { name: new RegExp(`^${says.lastName} \\(`) }).fill(last);
      await page.locator("#email").fill(email);
      await page.getByLabel(says.package).selectOption({ label: "Webex Meetings" });
    };
    await fill("Nora", "Nuñez", "not an address");
    await page.getByRole("button", { name: says.next }).click();
    await page.locator("#email-error").waitFor();
    assert.equal(await page.locator("#firstName").inputValue(), "Nora", "what was typed is still there");
    await fill("Nora", "Nuñez", "nora@acme-dental.example.com");
    await page.getByRole("button", { name: says.next }).click();
    await fill("Omar", "Ortiz", "omar@acme-dental.example.com");
    await page.getByRole("button", { name: says.addAnother }).click();
    await page.getByText("omar@acme-dental.example.com").first().waitFor();
    assert.ok(!(await usersOf(place)).has("omar@acme-dental.example.com"), "nobody is added yet");
    await page.getByRole("button", { name: says.next }).click();
    await page.locator("#counts").waitFor();
    await page.getByRole("link", { name: says.close }).click();
    await page.getByRole("heading", { level: 1, name: says.users }).waitFor();
    const users = await usersOf(place);
    for (const name of ["nora", "omar"]) {
      assert.deepEqual(users.get(`${name}@acme-dental.example.com`).packages, ["webex_meetings"]);
    }
    await leave(page);
  });

  test(`add, modify or delete users through CSV: ${language}`, async () => {
    const place = await sandbox(`article-csv-${language}`);
    const page = await toUsers(place, language);
    await page.getByRole("link", { name: says.manageUsers }).click();
    await page.getByRole("link", { name: says.csv }).click();
    const home = await controlHub(place, CUSTOMER);
    const headers = { Authorization: `Bearer ${place.token}` };
    const template = await (await fetch(`${place.url}/hub/v1${home}/users/template.csv`, { headers })).text();
    const column = (title) => template.split(",").find((header) => header.startsWith(`${title} [`));
    const packages = template.split(",").filter((header) => /^[A-Z].*\[Sub\d+\]/.test(header) && !/Basic|Call on/.test(header));
    const header = ["First Name", "Last Name", "User ID/Email (Required)", ...packages];
    const row = (name, family, email, held) => [name, family, email, ...packages.map((it) => (it === held ? "TRUE" : "FALSE"))].join(",");
    const file = [
      header.join(","),
      row("Nora", "Nuñez", "nora@acme-dental.example.com", column("Webex Meetings")),
      row("Davide", "Diaz", "david@acme-dental.example.com", column("Webex Meetings")),
      row("Grace", "Green", "grace@acme-dental.example.com", undefined),
    ].join("\n");
    await page.locator("#file").setInputFiles({ name: "users.csv", mimeType: "text/csv", buffer: Buffer.from(file) });
    await page.getByRole("group", { name: says.behavior }).getByLabel(says.addAndRemove).check();
    await page.getByRole("button", { name: says.upload }).click();
    await page.getByText("grace@acme-dental.example.com").first().waitFor();
    assert.ok((await usersOf(place)).has("grace@acme-dental.example.com"), "a plan changes nothing");
    await page.getByRole("button", { name: says.submit }).click();
    await page.locator("#task").waitFor();
    assert.match(await page.locator("main").innerText(), /\b0\s+(Refused|Rechazadas)/);
    const users = await usersOf(place);
    assert.ok(users.has("nora@acme-dental.example.com"), "added");
    assert.equal(users.get("david@acme-dental.example.com").firstName, "Davide", "modified");
    assert.ok(!users.has("grace@acme-dental.example.com"), "all packages FALSE deletes");
    await leave(page);
  });

  test(`change a user's package: ${language}`, async () => {
    const place = await sandbox(`article-package-${language}`);
    const page = await toUsers(place, language);
    await page.getByRole("link", { name: "David Diaz" }).click();
    await page.getByRole("heading", { name: says.package, exact: true }).waitFor();
    await page.getByRole("link", { name: says.arrow }).click();
    await page.getByLabel("Webex Suite").check();
    await page.getByRole("button", { name: says.next }).click();
    await page.getByRole("button", { name: says.change }).click();
    await page.locator("[role=alert]").waitFor();
    await page.getByLabel(says.location).selectOption({ label: "Head Office" });
    await page.getByLabel(says.extension).fill("1077");
    await page.getByRole("button", { name: says.change }).click();
    await page.locator("#packages", { hasText: "Webex Suite" }).waitFor();
    const david = (await usersOf(place)).get("david@acme-dental.example.com");
    assert.deepEqual([david.packages, david.extension], [["webex_suite"], "1077"]);
    await leave(page);
  });
}
