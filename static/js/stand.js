// A stand: whoever is written down is kept on this device first, and sent as soon as there is a network.

import * as form from "./stand-form.js";
import * as list from "./stand-list.js";
import { canScan, scan } from "./stand-scan.js";
import { cookie, send } from "./stand-sending.js";
import * as store from "./stand-store.js";

const AGAIN = 10_000;

const sheet = document.querySelector("form[data-campaign]");
const section = document.getElementById("waiting");
const state = document.querySelector("[data-state]");
const saved = document.querySelector("[data-saved]");
const dialog = document.getElementById("scan");
const place = {
  campaign: Number(sheet.dataset.campaign),
  admits: sheet.dataset.admits,
  takes: sheet.dataset.takes,
};
const saving = sheet.querySelector("button[type=submit]");
let editing = null;
let key = store.newKey();
let outcome = "away";

const show = (name) => {
  for (const part of state.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== name;
  document.querySelector("[data-out]").hidden = outcome !== "out";
};

async function draw() {
  const visits = await store.visits(place.campaign);
  const wrong = visits.filter((visit) => visit.errors);
  list.draw(section, visits, editing?.n);
  state.querySelector("[data-count]").textContent = visits.length || "";
  if (wrong.length || (visits.length && outcome === "out")) show("wrong");
  else if (visits.length) show(navigator.onLine && outcome !== "away" ? "waiting" : "away");
  else show(navigator.onLine ? "sent" : "ready");
}

async function deliver() {
  outcome = await send(place);
  await draw();
}

// What still waits of another stand on this device goes along.
async function deliverOthers() {
  for (const { campaign, token, isOut } of await store.stands())
    if (campaign !== place.campaign && token && !isOut) await send({ ...place, campaign });
}

function begin(said, visit) {
  editing = visit;
  key = store.newKey();
  form.fill(sheet, said);
  form.tell(sheet, visit?.errors ?? {});
  document.body.classList.toggle("correcting", Boolean(visit));
  if (!visit?.errors) sheet.elements.full_name.focus();
}

function tell(who) {
  saved.textContent = `${saved.dataset.said}: ${who}`;
}

// Where the browser keeps nothing (full, or private), the page is sent as it is without scripts.
async function isKept(said) {
  try {
    if (editing) await store.correct(editing, { ...said, occurred_at: editing.said.occurred_at });
    else await store.add(place.campaign, key, { ...said, occurred_at: new Date().toISOString() });
    return true;
  } catch {
    return false;
  }
}

// As without scripts, but under the key of this visitor: the page comes from the device, and may have been sent before.
function sendPage() {
  sheet.elements.key.value = key;
  sheet.elements.csrfmiddlewaretoken.value = cookie("leadops_csrf");
  sheet.submit();
}

// Back on the page that was sent: its draft is done with, once.
function tellSent() {
  form.dropDraft(place.campaign);
  saved.textContent = saved.dataset.said;
  history.replaceState(null, "", location.pathname);
}

async function save() {
  if (saving.disabled) return undefined;
  const said = form.read(sheet);
  const wrong = form.faults(sheet, said);
  form.tell(sheet, wrong);
  saved.textContent = "";
  if (Object.keys(wrong).length) return undefined;
  saving.disabled = true;
  const is = await isKept(said);
  saving.disabled = false;
  if (!is) return sendPage();
  form.dropDraft(place.campaign);
  begin({}, null);
  scrollTo({ top: 0 });
  await draw();
  tell(said.full_name || said.email || said.phone);
  return deliver();
}

async function correct(n) {
  const visit = (await store.visits(place.campaign)).find((one) => one.n === n);
  if (!visit) return draw();
  await leave();
  await store.hold(n, true);
  begin(visit.said, visit);
  scrollTo({ top: 0 });
  return draw();
}

async function leave() {
  if (editing) await store.hold(editing.n, false);
  if (!editing) form.keepDraft(place.campaign, sheet);
  begin(form.draft(place.campaign) ?? {}, null);
}

// Enter goes on to the next field, as a phone's keyboard promises; Ctrl and Enter saves.
function onKey(event) {
  if (event.key !== "Enter" || event.isComposing) return;
  if (event.ctrlKey || event.metaKey) return sheet.requestSubmit();
  if (!event.target.matches("input:not([type=checkbox], [type=radio])")) return undefined;
  event.preventDefault();
  const fields = Array.from(sheet.querySelectorAll("input.field, textarea.field"));
  return fields[fields.indexOf(event.target) + 1]?.focus();
}

sheet.addEventListener("submit", (event) => {
  event.preventDefault();
  save();
});
sheet.addEventListener("keydown", onKey);
sheet.addEventListener("input", () => editing || form.keepDraft(place.campaign, sheet));
document.querySelector("[data-cancel]").addEventListener("click", async () => {
  await leave();
  await draw();
  await deliver();
});
section.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  const n = Number(button?.closest("[data-n]").dataset.n);
  if (button?.matches("[data-correct]")) await correct(n);
  if (button?.matches("[data-remove]") && list.isSure(button)) await store.drop(n).then(draw);
});

const scans = document.querySelector("[data-scan]");
scans.hidden = !canScan();
scans.addEventListener("click", async () => {
  const said = await scan(dialog);
  if (said) form.complete(sheet, said);
  if (said && !editing) form.keepDraft(place.campaign, sheet);
});

addEventListener("online", deliver);
addEventListener("offline", draw);
document.addEventListener("visibilitychange", () => document.hidden || deliver());
setInterval(async () => (await store.visits(place.campaign)).length && deliver(), AGAIN);

async function open() {
  if (new URLSearchParams(location.search).has("kept")) tellSent();
  for (const visit of await store.visits(place.campaign)) if (visit.isHeld) await store.hold(visit.n, false);
  begin(form.draft(place.campaign) ?? {}, null);
  sheet.dataset.isReady = "1";
  await draw();
  await deliver();
  await deliverOthers();
}

open();
navigator.storage?.persist?.();
if ("serviceWorker" in navigator) navigator.serviceWorker.register(sheet.dataset.worker);
else document.querySelector("[data-no-worker]").hidden = false;
