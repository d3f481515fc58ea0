// The visitors that wait on this device, each to be corrected or removed before they are sent.

const clock = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "short", hour: "2-digit", minute: "2-digit" });
const sentences = (errors) => Object.values(errors ?? {}).flat().join(" ");

function row(visit, template) {
  const drawn = template.content.cloneNode(true);
  const [item] = drawn.children;
  const { said } = visit;
  const who = said.full_name || said.email || said.phone;
  item.dataset.n = visit.n;
  item.querySelector("[data-who]").textContent = who;
  item.querySelector("[data-what]").textContent = [said.organisation, clock.format(new Date(said.occurred_at))].filter(Boolean).join(" · ");
  item.querySelector("[data-wrong]").textContent = sentences(visit.errors);
  item.querySelector("[data-wrong]").hidden = !visit.errors;
  for (const button of item.querySelectorAll("button")) button.setAttribute("aria-label", `${button.textContent.trim()}: ${who}`);
  return drawn;
}

// A row is drawn again only when it changed, so that whoever is about to press a button still can.
export function draw(section, visits, editing) {
  const list = section.querySelector("[data-list]");
  const told = JSON.stringify([visits, editing]);
  if (list.dataset.told === told) return;
  list.dataset.told = told;
  list.replaceChildren(...visits.filter((visit) => visit.n !== editing).map((visit) => row(visit, section.querySelector("template"))));
  section.hidden = !list.children.length;
}

// A button that removes asks once more, by itself.
export function isSure(button) {
  if (button.dataset.sure !== undefined && button.classList.contains("sure")) return true;
  button.classList.add("sure");
  button.querySelector("[data-ask]").textContent = button.dataset.sure;
  return false;
}
