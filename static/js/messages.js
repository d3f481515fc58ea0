// Toasts can be closed, those that only confirm leave by themselves, and a request that fails says so.

const CONFIRMED = ".toast.success, .toast.info";
const READING_TIME = 7000;

const failure = () => document.getElementById("failure");

function say(words) {
  const banner = failure();
  banner.querySelector("p").textContent = words;
  banner.hidden = false;
}

function isPlain(xhr) {
  return (xhr.getResponseHeader("Content-Type") ?? "").startsWith("text/plain");
}

function isPage(xhr) {
  return (xhr.getResponseHeader("Content-Type") ?? "").startsWith("text/html");
}

// The server's own sentence where it sent one as plain text, else the page's for that answer.
function wordsFor(xhr) {
  const own = isPlain(xhr) ? xhr.responseText.trim() : "";
  return own || failure().dataset[xhr.status] || failure().dataset.other;
}

// A toast that offers a way back stays three times as long.
function leave(toast) {
  const stays = toast.querySelector("form") ? 3 * READING_TIME : READING_TIME;
  setTimeout(() => (toast.matches(":hover, :focus-within") ? leave(toast) : toast.remove()), stays);
}

function wasLoggedOut(xhr) {
  const logIn = document.getElementById("messages").dataset.logIn;
  return Boolean(xhr.responseURL) && new URL(xhr.responseURL).pathname === logIn && location.pathname !== logIn;
}

document.addEventListener("click", (event) => {
  const toast = event.target.closest("[data-dismiss]")?.closest(".toast");
  if (!toast) return;
  if (toast === failure()) toast.hidden = true;
  else toast.remove();
});

// A form sent back with errors (422) and a fragment that tells who was first (409, as HTML) take their place in the page.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (wasLoggedOut(xhr)) {
    event.detail.shouldSwap = false;
    location.replace(location.pathname + location.search); // Not read anew as it was sent: this may answer a form.
  } else if (xhr.status === 422 || (xhr.status === 409 && isPage(xhr))) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

document.addEventListener("htmx:beforeRequest", () => {
  failure().hidden = true;
});
document.addEventListener("leadops:say", (event) => say(event.detail));
document.addEventListener("htmx:responseError", (event) => say(wordsFor(event.detail.xhr)));
for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => say(failure().dataset.network));
}
document.addEventListener("htmx:swapError", () => say(failure().dataset.other));
document.addEventListener("htmx:load", () => document.querySelectorAll(CONFIRMED).forEach(leave));
