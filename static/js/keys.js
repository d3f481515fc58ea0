// Single keys press the button, link or field that names them: data-key="c", or several: data-key="j ArrowDown".
// Never while somebody types, never with Ctrl, Alt or Meta, and off where the reader has switched them off.

const OFF = "leadops-keys-off";
const TYPED_IN = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button], [type=submit], [type=range])";

const areOn = () => localStorage.getItem(OFF) === null;

function within() {
  return [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
}

function keyed(key) {
  const wanted = `[data-key~="${CSS.escape(key)}"]`;
  return [...within().querySelectorAll(wanted)].find((element) => element.checkVisibility() && !element.disabled);
}

function press(element) {
  if (element.matches(TYPED_IN)) {
    element.focus();
    element.select?.();
    return;
  }
  element.focus();
  element.click();
  // What a key unfolds takes the very next key: its toggle event would come too late.
  if (element.matches("summary") && element.parentElement.open) {
    element.parentElement.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  }
}

function nameOf(element) {
  const named = element.dataset.keyLabel ?? element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent;
  const words = named.replace(/\s+/g, " ").trim();
  return element.querySelector("kbd") ? words.replace(/\s\S+$/, "") : words;
}

function row(element) {
  const item = document.createElement("li");
  const label = document.createElement("span");
  label.textContent = nameOf(element);
  item.append(label);
  for (const key of element.dataset.key.split(" ")) {
    const cap = document.createElement("kbd");
    cap.textContent = { Enter: "↵", ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc" }[key] ?? key.toUpperCase();
    item.append(cap);
  }
  return item;
}

function openMap() {
  const map = document.getElementById("key-map");
  const seen = [...document.querySelectorAll("[data-key]")].filter((element) => element.checkVisibility());
  map.querySelector(".key-map").replaceChildren(...seen.map(row));
  map.querySelector("#keys-on").checked = areOn();
  document.querySelectorAll("[popover]:popover-open").forEach((shown) => shown.hidePopover());
  map.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.matches(TYPED_IN)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (!areOn() || (event.key === "Enter" && event.target.closest("a, button, summary"))) return;
  const element = keyed(event.key.length === 1 ? event.key.toLowerCase() : event.key);
  if (element) {
    event.preventDefault();
    press(element);
  } else if (event.key === "?" && within() === document) {
    event.preventDefault();
    openMap();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest('[data-opens="key-map"]')) openMap();
});

document.getElementById("keys-on")?.addEventListener("change", (event) => {
  if (event.target.checked) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
});
