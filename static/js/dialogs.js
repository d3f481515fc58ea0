// A button with data-opens="id" opens that <dialog>; one with data-closes closes the dialog it stands in.
// A dialog with data-open-now, swapped in by a fragment, opens at once.

function open(dialog) {
  document.querySelectorAll("[popover]:popover-open").forEach((shown) => shown.hidePopover());
  if (!dialog.open) dialog.showModal();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]:not([data-opens=key-map])");
  if (opener) open(document.getElementById(opener.dataset.opens));
  event.target.closest("[data-closes]")?.closest("dialog")?.close();
  if (event.target.matches("dialog[open]")) closeFromOutside(event);
});

function closeFromOutside(event) {
  const { left, right, top, bottom } = event.target.getBoundingClientRect();
  const isOutside = event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom;
  if (isOutside && event.clientX + event.clientY > 0) event.target.close();
}

document.addEventListener("htmx:load", (event) => {
  const dialog = event.detail.elt.matches?.("dialog[data-open-now]") ? event.detail.elt : event.detail.elt.querySelector?.("dialog[data-open-now]");
  if (dialog) open(dialog);
});
