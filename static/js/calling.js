// Calling: after the next one was swapped in, the very next key is a key; picking a moment of one's own shows where.
// Everything here only adds: the outcome is a form, the script its fields.

const lead = () => document.getElementById("lead");

document.addEventListener("input", (event) => {
  if (event.target.matches("input[name=picked]")) event.target.closest(".when").querySelector("[data-picks]").checked = true;
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-picks]")) event.target.closest(".when").querySelector("input[name=picked]").focus();
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id !== "lead" && event.detail.elt?.id !== "lead") return;
  const problem = lead().querySelector("[aria-invalid=true], [role=alert]");
  const field = problem?.matches("input, select, textarea") ? problem : lead().querySelector("#lead-title");
  field?.focus({ preventScroll: true });
  if (matchMedia("(max-width: 60rem)").matches) scrollTo(0, 0);
});
