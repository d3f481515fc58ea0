// What this device holds: visitors that were written down and not sent yet, in their order, and its token for each stand.

const VERSION = 1;

const opened = new Promise((resolve, reject) => {
  const request = indexedDB.open("leadops-stand", VERSION);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("visits", { keyPath: "n", autoIncrement: true });
    request.result.createObjectStore("stands", { keyPath: "campaign" });
  };
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

// Done when it is on the disk, not sooner.
async function within(name, mode, act) {
  const transaction = (await opened).transaction(name, mode, { durability: "strict" });
  const request = act(transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}

// Change one in a single transaction: `change` gives what it becomes, null to have it go, or nothing to leave it.
const changed = (name, key, change) =>
  within(name, "readwrite", (store) => {
    const request = store.get(key);
    request.onsuccess = () => {
      const next = request.result && change(request.result);
      if (next === null) store.delete(key);
      else if (next) store.put(next);
    };
    return request;
  });

export async function visits(campaign) {
  const every = await within("visits", "readonly", (store) => store.getAll());
  return every.filter((visit) => visit.campaign === campaign);
}

// By the clock and by chance where the browser has no keys of its own, as on a page without TLS.
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const digits = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`;
}

// Once for its key, however often it is asked.
export const add = (campaign, key, said) =>
  within("visits", "readwrite", (store) => {
    const request = store.getAll();
    request.onsuccess = () => {
      if (request.result.every((visit) => visit.key !== key))
        store.add({ campaign, key, said, edition: 0, isHeld: false, errors: null });
    };
    return request;
  });

export const hold = (n, isHeld) => changed("visits", n, (visit) => ({ ...visit, isHeld }));

// Put right what was said of a visit; where another page sent it meanwhile it is there again, under the same key.
export const correct = (visit, said) =>
  within("visits", "readwrite", (store) => store.put({ ...visit, said, edition: visit.edition + 1, isHeld: false, errors: null }));

export const drop = (n) => changed("visits", n, () => null);

// What came of sending an edition of a visit; where it was corrected meanwhile it stays, to be sent again.
export const settle = (n, edition, errors) =>
  changed("visits", n, (visit) => {
    if (visit.edition !== edition || visit.isHeld) return undefined;
    return errors ? { ...visit, errors } : null;
  });

export const stand = (campaign) => within("stands", "readonly", (store) => store.get(campaign));

export const stands = () => within("stands", "readonly", (store) => store.getAll());

export const keepStand = (stand) => within("stands", "readwrite", (store) => store.put(stand));
