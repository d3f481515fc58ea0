// The list of leads: all rows of the page chosen at once, and how many are.

const boxes = () => [...document.querySelectorAll("input[name=lead][form=chosen]")];
const all = document.querySelector("[data-all]");
const tally = document.querySelector("[data-chosen]");

function tell() {
  const chosen = boxes().filter((box) => box.checked).length;
  tally.textContent = chosen;
  tally.hidden = false;
  all.checked = chosen > 0 && chosen === boxes().length;
  all.indeterminate = chosen > 0 && !all.checked;
}

if (all && tally) {
  all.hidden = false;
  all.addEventListener("change", () => {
    boxes().forEach((box) => (box.checked = all.checked));
    tell();
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches("input[name=lead]")) return;
    document.querySelector("input[name=which][value=chosen]").checked = true;
    tell();
  });
  addEventListener("pageshow", tell);
  tell();
}
