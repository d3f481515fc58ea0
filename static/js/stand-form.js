// The form of a stand: what it says, what is wrong with it, and a draft of it that outlives a reload.

const TEXTS = ["full_name", "organisation", "email", "phone", "job_title", "interest", "notes"];
const WHO = ["full_name", "email", "phone"];
const ADDRESS = /^\S+@\S+\.\S{2,}$/;

const labelled = (box) => box.labels[0].textContent.trim();
const boxes = (form) => Array.from(form.querySelectorAll("[data-channel]"));

// What the form says, as it is sent; consent in the words that stand beside the box, and what they are about.
export function read(form) {
  const said = Object.fromEntries(TEXTS.map((name) => [name, form.elements[name].value.trim()]));
  const agreed = boxes(form).filter((box) => box.checked).map((box) => [box.dataset.channel, labelled(box)]);
  const asked = { wordings: Object.fromEntries(agreed), purpose: form.dataset.purpose };
  return { ...said, temperature: form.elements.temperature.value, ...asked };
}

export function fill(form, said) {
  for (const name of TEXTS) form.elements[name].value = said[name] ?? "";
  for (const choice of form.elements.temperature) choice.checked = choice.value === said.temperature;
  for (const box of boxes(form)) box.checked = box.dataset.channel in (said.wordings ?? {});
}

// Only what is empty is filled, so that nothing typed is lost.
export function complete(form, said) {
  for (const name of TEXTS) if (said[name] && !form.elements[name].value) form.elements[name].value = said[name];
}

export const isEmpty = (said) => TEXTS.every((name) => !said[name]) && !said.temperature && !Object.keys(said.wordings).length;

// What is wrong, by field, as far as the device can tell; the server looks again.
export function faults(form, said) {
  const wrong = {};
  if (!WHO.some((name) => said[name])) wrong.full_name = [form.dataset.nobody];
  if (said.email && !ADDRESS.test(said.email)) wrong.email = [form.dataset.noEmail];
  if (said.phone && !/\d/.test(said.phone)) wrong.phone = [form.dataset.noPhone];
  return wrong;
}

function mark(field, sentences) {
  const row = field.closest(".form-row");
  row.querySelector(".errorlist")?.remove();
  field.removeAttribute("aria-invalid");
  field.removeAttribute("aria-describedby");
  if (!sentences) return;
  const list = document.createElement("ul");
  list.className = "errorlist";
  list.id = `${field.id}_error`;
  list.append(...sentences.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })));
  row.append(list);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", list.id);
}

// Say what is wrong beside each field, and go to the first; what is about the whole stands with the name.
export function tell(form, wrong) {
  const whole = { ...wrong, full_name: wrong.full_name ?? wrong.__all__ };
  for (const name of TEXTS) mark(form.elements[name], whole[name]);
  form.querySelector("[aria-invalid]")?.focus();
}

const place = (campaign) => `leadops-stand-draft-${campaign}`;

export function keepDraft(campaign, form) {
  const said = read(form);
  if (isEmpty(said)) localStorage.removeItem(place(campaign));
  else localStorage.setItem(place(campaign), JSON.stringify(said));
}

export function draft(campaign) {
  const text = localStorage.getItem(place(campaign));
  return text && JSON.parse(text);
}

export const dropDraft = (campaign) => localStorage.removeItem(place(campaign));

