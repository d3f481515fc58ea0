// Works for the form while somebody fills it in: finds a number with which the ticket's digest begins with so many zeros.
// Where the browser has no digests (a page without TLS) or no scripts, the form is sent without it.

const form = document.querySelector("form[data-ticket]");
const text = new TextEncoder();

async function isProof(ticket, number, bits) {
  const digest = await crypto.subtle.digest("SHA-256", text.encode(`${ticket}:${number}`));
  return new DataView(digest).getUint32(0) >>> (32 - bits) === 0;
}

async function prove(ticket, bits) {
  for (let number = 0; ; number++) if (await isProof(ticket, number, bits)) return number;
}

if (form?.dataset.ticket && globalThis.crypto?.subtle) {
  prove(form.dataset.ticket, Number(form.dataset.bits)).then((number) => (form.elements.proof.value = number));
}

form?.addEventListener("submit", (event) => {
  if (form.dataset.isSent) event.preventDefault();
  form.dataset.isSent = "1";
});

// Back from the browser's own cache, a form may be sent again: what was sent already is not kept twice.
addEventListener("pageshow", () => delete form?.dataset.isSent);
