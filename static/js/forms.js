// data-submit-on-change sends a form of filters as soon as one is chosen; data-once keeps a form from being sent twice.

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-submit-on-change]");
  if (form && event.target.matches("select, input[type=radio], input[type=checkbox], input[type=date]")) form.requestSubmit();
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-once]");
  if (!form) return;
  if (form.dataset.isSent) event.preventDefault();
  else form.dataset.isSent = "1";
});

// Back from the browser's own cache, a form may be sent again.
addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-is-sent]").forEach((form) => delete form.dataset.isSent);
});
