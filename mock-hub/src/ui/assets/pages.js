// What makes waiting pleasant. Every page does its work without it.

// A part of the page that goes on: it is fetched again until it says no more that it does.
const POLL_MS = 700;
const LONGEST_MS = 5000;
const poll = (part, pause = POLL_MS) => setTimeout(async () => {
  // Nobody looks.
  if (document.hidden) {
    document.addEventListener("visibilitychange", () => poll(part), { once: true });
    return;
  }
  let next = part;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    // Who has signed out is led to the door.
    if (answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById(part.id);
    // What it was about is gone: the hub says so on a page of its own.
    if (answer.status === 404) location.replace(location.pathname);
    // What is the same stays, so that nobody loses the place that the keyboard is at.
    if (answer.ok && found && !found.isEqualNode(part)) {
      part.replaceWith(found);
      next = found;
    }
  } catch {
    // The hub is away; it is asked again.
  }
  // Where nothing changes, the hub is asked less and less often.
  const isNews = next !== part;
  if (next.hasAttribute("data-goes-on")) poll(next, isNews ? POLL_MS : Math.min(pause * 1.5, LONGEST_MS));
}, pause);
document.querySelectorAll("[data-goes-on]").forEach((part) => poll(part));

// A file that is dropped is a file that was chosen.
for (const zone of document.querySelectorAll("[data-drop]")) {
  const input = zone.querySelector("input[type=file]");
  const over = (is) => (event) => {
    event.preventDefault();
    zone.classList.toggle("over", is);
  };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer.files.length === 0) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// What would be pasted into a field can be taken from a file instead.
for (const input of document.querySelectorAll("input[data-fills]")) {
  input.closest(".field").hidden = false;
  input.addEventListener("change", async () => {
    if (input.files.length > 0) document.getElementById(input.dataset.fills).value = await input.files[0].text();
  });
}

// A text to copy has a button for it.
for (const button of document.querySelectorAll("button[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
    button.textContent = button.dataset.copied;
  });
}

// Who was refused reads first why.
document.querySelector("[role=alert]")?.focus();
