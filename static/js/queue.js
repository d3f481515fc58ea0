// The queue: browse the list by key, mark the lead that is open, keep the list where it stood, sift it while typing.
// Everything here only adds: rows are links, outcomes a form.

const list = () => document.getElementById("list");
const lead = () => document.getElementById("lead");
const rows = () => [...list().querySelectorAll(".row")].filter((row) => row.checkVisibility());

function step(by) {
  const all = rows();
  const at = all.findIndex((row) => row.hasAttribute("aria-current"));
  const next = all[at === -1 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
  if (next && at !== all.indexOf(next)) next.click();
}

function mark() {
  const key = lead()?.dataset.lead;
  list().querySelectorAll(".row").forEach((row) => {
    if (row.dataset.lead === key) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  });
  list().querySelector(".row[aria-current]")?.scrollIntoView({ block: "nearest" });
}

function sift(words) {
  const wanted = words.trim().toLowerCase();
  list().querySelectorAll(".rows li").forEach((item) => {
    item.hidden = !item.textContent.toLowerCase().includes(wanted);
  });
}

document.addEventListener("click", (event) => {
  const stepper = event.target.closest("[data-step]");
  if (stepper) {
    stepper.blur();
    step(Number(stepper.dataset.step));
  }
  const way = event.target.closest("a[href^='mailto:'], a[href^='tel:']");
  const kind = lead()?.querySelector("select[name=kind]");
  if (way && kind) kind.value = way.href.startsWith("mailto:") ? "mail" : "call";
});

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-sift] input[type=search]")) sift(event.target.value);
  if (event.target.matches("input[name=picked]")) event.target.closest(".when").querySelector("[data-picks]").checked = true;
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-picks]")) event.target.closest(".when").querySelector("input[name=picked]").focus();
});

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-sift]") && rows().length) {
    event.preventDefault();
    rows()[0].click();
  }
});

document.addEventListener(
  "toggle",
  (event) => {
    if (!event.target.open || event.target.querySelector(":focus:not(summary)")) return;
    event.target.querySelector("input:not([type=hidden]), select")?.focus();
  },
  true,
);

let stood = 0;
document.addEventListener("htmx:beforeSwap", () => {
  stood = list().querySelector(".rows").scrollTop;
});

const isOfLead = (event) => event.detail.target?.id === "lead" || event.detail.elt?.id === "lead";

// At once, so that the very next key is a key and not a letter in the note of the lead before.
document.addEventListener("htmx:afterSwap", (event) => {
  if (!isOfLead(event)) return;
  const problem = lead().querySelector("[aria-invalid=true], [role=alert]");
  const field = problem?.matches("input, select, textarea") ? problem : lead().querySelector("#lead-title");
  field?.focus({ preventScroll: true });
});

// After a lead, and with it perhaps the list, was swapped in.
document.addEventListener("htmx:afterSettle", (event) => {
  if (!isOfLead(event)) return;
  list().querySelector(".rows").scrollTop = stood;
  mark();
  if (matchMedia("(max-width: 60rem)").matches) scrollTo(0, 0);
});
