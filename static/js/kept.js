// What was chosen in a form (data-kept) that was sent when the log-in had run out is there again once its reader is logged in.
// It is kept in this tab alone, and only shown again: nothing is done before the reader presses for it anew.

const KEY = "leadops-kept";
const { logIn, reader } = document.getElementById("messages").dataset;

function keep(form) {
  const sent = [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ reader, action: form.getAttribute("action"), sent }));
  } catch {
    drop(); // There is no room: what was kept before is of another moment.
  }
}

function drop() {
  sessionStorage.removeItem(KEY);
}

function show({ action, sent }) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = action;
  form.hidden = true;
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  for (const [name, value] of [...sent, ["kept", "1"], ["csrfmiddlewaretoken", token]]) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(form);
  form.submit();
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
  const { responseURL } = event.detail.xhr;
  if (responseURL && new URL(responseURL).pathname !== logIn) drop();
});

// On a page for nobody yet the reader is logging in. On any other page it is theirs and was waited for, or it was sent well.
const found = JSON.parse(sessionStorage.getItem(KEY));
if (found && !reader) {
  sessionStorage.setItem(KEY, JSON.stringify({ ...found, isWaiting: true }));
} else if (found) {
  drop();
  if (found.isWaiting && found.reader === reader) show(found);
}
