// The page that takes a file: it may be dropped on its frame, one that is too large is refused before it is sent,
// and what is under way says so.

const form = document.getElementById("upload");
const frame = form.querySelector("[data-drop]");
const input = form.querySelector("input[type=file]");
const refusal = form.querySelector("[data-too-large]");
const sending = form.querySelector("[data-sending]");

const isTooLarge = () => [...input.files].some((file) => file.size > Number(input.dataset.largest));

function judge() {
  refusal.hidden = !isTooLarge();
  input.setAttribute("aria-invalid", String(isTooLarge()));
}

frame.addEventListener("dragover", (event) => {
  event.preventDefault();
  frame.classList.add("over");
});
frame.addEventListener("dragleave", () => frame.classList.remove("over"));
frame.addEventListener("drop", (event) => {
  event.preventDefault();
  frame.classList.remove("over");
  if (!event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  judge();
});
input.addEventListener("change", judge);

// Before the script that keeps a form from being sent twice, so that a refused one can be sent again.
form.addEventListener("submit", (event) => {
  judge();
  if (isTooLarge()) {
    event.preventDefault();
    event.stopPropagation();
    input.focus();
    return;
  }
  sending.hidden = false;
});
