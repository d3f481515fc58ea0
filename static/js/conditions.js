// The builder of a condition: as soon as a field or an operator is chosen, the row is drawn anew for it.

document.addEventListener("change", (event) => {
  if (!event.target.matches(".condition-builder [data-asks]")) return;
  const form = event.target.form;
  form.requestSubmit(form.querySelector("[data-looks]"));
});
