// What was chosen in a form (data-kept) that was sent when the log-in had run out is there again once its reader is logged in.
// It is kept in this tab alone, and only shown again: nothing is done before the reader presses for it anew. A form whose
// fields stand still (data-kept="fill") is filled in where it stands; any other is drawn by the server as it was sent.

const KEY = "leadops-kept";
const SHOWN = "leadops-kept-shown";
const REFUSED = 403;
const { logIn, reader } = document.getElementById("messages").dataset;

const addressOf = (form) => new URL(form.getAttribute("action") ?? "", location).pathname;

function keep(form) {
  const sent = [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ reader, how: form.dataset.kept, address: addressOf(form), sent }));
  } catch {
    drop(); // There is no room: what was kept before is of another moment.
  }
}

function drop() {
  sessionStorage.removeItem(KEY);
}

function wait(at = "") {
  const found = JSON.parse(sessionStorage.getItem(KEY));
  if (found) sessionStorage.setItem(KEY, JSON.stringify({ ...found, isWaiting: true, at }));
}

function tell() {
  const words = document.getElementById("failure").dataset.kept;
  document.dispatchEvent(new CustomEvent("leadops:say", { detail: words }));
}

function fill(form, sent) {
  form.closest("details")?.setAttribute("open", "");
  const values = new Map();
  for (const [name, value] of sent) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden") continue;
    const said = values.get(field.name) ?? [];
    if (["checkbox", "radio"].includes(field.type)) field.checked = said.includes(field.value);
    else if (said.length) field.value = said.shift();
  }
  tell();
}

function draw({ address, sent }) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  form.hidden = true;
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  for (const [name, value] of [...sent, ["kept", "1"], ["csrfmiddlewaretoken", token]]) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(form);
  sessionStorage.setItem(SHOWN, "1");
  form.submit();
}

function show(found) {
  if (found.how !== "fill") return draw(found);
  const form = [...document.forms].find((one) => one.dataset.kept === "fill" && addressOf(one) === found.address);
  if (form) fill(form, found.sent);
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-kept]");
  if (form) keep(form);
});
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.elt.closest("form[data-kept]");
  if (form) keep(form);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const { responseURL, status } = event.detail.xhr;
  if (status === REFUSED) wait(location.pathname); // They logged in anew beside this page: it is read anew, and sent again.
  else if (responseURL && new URL(responseURL).pathname !== logIn) drop();
});

// On a page for nobody yet the reader is logging in. On any other page it is theirs and was waited for, or it was sent well.
// Where a form was refused because it was open too long, it is drawn at once with what a form needs now.
const found = JSON.parse(sessionStorage.getItem(KEY));
const isRefused = Boolean(document.querySelector("[data-refused]"));
if (found && (!reader || (isRefused && found.how === "fill"))) {
  wait();
} else if (found) {
  drop();
  const isHere = !found.at || found.at === location.pathname;
  if (((found.isWaiting && isHere) || isRefused) && found.reader === reader) show(found);
} else if (sessionStorage.getItem(SHOWN)) {
  sessionStorage.removeItem(SHOWN);
  tell();
}
