// A report's own conveniences: filters that submit themselves, and printing.
for (const form of document.querySelectorAll("[data-submits-itself]")) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("select")) form.requestSubmit();
  });
}

for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
