// A report's own conveniences: filters that submit themselves, printing, and the mark on the cell whose leads are listed.
for (const form of document.querySelectorAll("[data-submits-itself]")) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, [type=checkbox]")) form.requestSubmit();
  });
}

for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

for (const table of document.querySelectorAll(".heat")) {
  table.addEventListener("click", (event) => {
    const cell = event.target.closest("a");
    if (!cell) return;
    table.querySelector("[aria-current]")?.removeAttribute("aria-current");
    cell.setAttribute("aria-current", "true");
  });
}
