// Reads the code on a business card or a badge: vCard, MeCard, an address, a number; anything else becomes a note.

const UNQUOTED = { "\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\:": ":", "\\\\": "\\" };
const plain = (text) => text.replace(/\\[nN,;:\\]/g, (mark) => UNQUOTED[mark]).trim();
const parts = (text) => Array.from(text.matchAll(/((?:\\.|[^;\\])*)(?:;|$)/g), ([, part]) => plain(part));

function ofQuotedPrintable(text) {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_mark, digits) => String.fromCharCode(parseInt(digits, 16)));
  return new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
}

// The lines of a card as { name, kinds, value }, with those that go on put together.
function lines(text) {
  const unbroken = /quoted-printable/i.test(text) ? text.replace(/=\r?\n/g, "") : text;
  const whole = unbroken.replace(/\r?\n[ \t]/g, "");
  return whole.split(/\r?\n/).flatMap((line) => {
    const found = /^(?:[\w-]+\.)?([\w-]+)((?:;[^:]*)?):(.*)$/.exec(line);
    if (!found) return [];
    const [, name, kinds, value] = found;
    const isQuoted = /quoted-printable/i.test(kinds);
    return [{ name: name.toUpperCase(), kinds: kinds.toLowerCase(), value: isQuoted ? ofQuotedPrintable(value) : value }];
  });
}

function ofVcard(text) {
  const every = lines(text);
  const first = (name) => every.find((line) => line.name === name)?.value ?? "";
  const numbers = every.filter((line) => line.name === "TEL" && !/fax/.test(line.kinds));
  const number = numbers.find((line) => /cell|mobile/.test(line.kinds)) ?? numbers[0];
  const [last = "", given = "", middle = ""] = parts(first("N"));
  return {
    full_name: plain(first("FN")) || [given, middle, last].filter(Boolean).join(" "),
    organisation: parts(first("ORG"))[0] ?? "",
    email: plain(first("EMAIL")).replace(/^mailto:/i, ""),
    phone: plain(number?.value ?? "").replace(/^tel:/i, ""),
    job_title: plain(first("TITLE")) || plain(first("ROLE")),
  };
}

function ofMecard(text) {
  const said = Object.fromEntries(
    [...text.slice("MECARD:".length).matchAll(/([A-Z-]+):((?:\\.|[^;\\])*);/gi)].map(([, name, value]) => [name.toUpperCase(), plain(value)]),
  );
  const [last, given] = (said.N ?? "").split(",");
  return {
    full_name: [given, last].filter(Boolean).join(" "),
    organisation: said.ORG ?? "",
    email: said.EMAIL ?? "",
    phone: said.TEL ?? "",
    job_title: said.TITLE ?? "",
  };
}

export function read(text) {
  const said = text.trim();
  if (/^BEGIN:VCARD/i.test(said)) return ofVcard(said);
  if (/^MECARD:/i.test(said)) return ofMecard(said);
  if (/^mailto:/i.test(said)) return { email: said.slice("mailto:".length).split("?")[0] };
  if (/^tel:/i.test(said)) return { phone: said.slice("tel:".length) };
  return /^\S+@\S+\.\S+$/.test(said) ? { email: said } : { notes: said };
}
