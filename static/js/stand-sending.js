// Sends what waits on this device, in its order, and says how that went: "sent", "away", "out" (shut out) or "busy".

import * as store from "./stand-store.js";

const MOST = 20;
// So many are left for the next time where the server chokes on each alone; then it is the server, not they.
const FEW = 3;
const PATIENCE = 15_000;
const OUT = [401, 403];

let queue = Promise.resolve();

// One at a time: of all open pages where the browser has locks, else of this one.
function alone(act) {
  if (navigator.locks) return navigator.locks.request("leadops-stand", act);
  queue = queue.then(act, act);
  return queue;
}

export function cookie(name) {
  const found = document.cookie.split("; ").find((one) => one.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

const called = (address, options) =>
  fetch(address, { method: "POST", credentials: "same-origin", redirect: "error", signal: AbortSignal.timeout(PATIENCE), ...options });

// A token for this device, asked with the log-in of whoever opened the page; the one it had is told, if it was shut out.
async function admitted({ campaign, admits }) {
  const known = await store.stand(campaign);
  if (known?.token && !known.isOut) return known;
  const body = new URLSearchParams({ instead_of: known?.token ?? "" });
  const answer = await called(admits, { body, headers: { "X-CSRFToken": cookie("leadops_csrf") } });
  if (OUT.includes(answer.status)) return { ...known, campaign, isOut: true };
  if (!answer.ok) throw new Error(answer.statusText);
  const stand = { campaign, token: (await answer.json()).token, isOut: false };
  await store.keepStand(stand);
  return stand;
}

async function posted({ takes }, stand, visits) {
  const entries = visits.map(({ key, said }) => ({ key, ...said }));
  const headers = {
    Authorization: `Bearer ${stand.token}`,
    "Content-Type": "application/json",
    "Accept-Language": document.documentElement.lang,
  };
  const body = JSON.stringify({ sent_at: new Date().toISOString(), entries });
  return called(takes, { headers, body, credentials: "omit" });
}

async function settled(answer, visits) {
  const { entries } = await answer.json();
  for (const { key, is_kept: isKept, errors } of entries) {
    const visit = visits.find((one) => one.key === key);
    if (visit) await store.settle(visit.n, visit.edition, isKept ? null : errors);
  }
}

async function sendAll(place) {
  const stand = await admitted(place);
  if (!stand.token || stand.isOut) return "out";
  const skipped = new Set();
  for (let most = MOST; skipped.size < FEW; ) {
    const every = await store.visits(place.campaign);
    const visits = every.filter((visit) => !visit.errors && !visit.isHeld && !skipped.has(visit.n)).slice(0, most);
    if (!visits.length) return skipped.size ? "busy" : "sent";
    const answer = await posted(place, stand, visits);
    if (OUT.includes(answer.status)) {
      await store.keepStand({ ...stand, isOut: true });
      return "out";
    }
    if (answer.ok) await settled(answer, visits);
    else if (most > 1) most = 1;
    else skipped.add(visits[0].n);
  }
  return "busy";
}

// Whatever goes wrong on the way, what was not answered stays on the device and is sent again.
export const send = (place) => alone(() => sendAll(place).catch(() => "away"));
