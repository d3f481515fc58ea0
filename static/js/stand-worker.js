// Keeps the page of a stand, and all that it is made of, on the device: it opens without a network, and without a log-in.
// The page comes from the device at once and is fetched anew behind it, for the next time. A page is kept only beside all
// of its parts: of a newer release, or where nobody is logged in, the older one stays whole.

const { page, shell, root } = self.stand;
const NAME = `stand ${page} ${shell.join(" ")}`;

async function fresh(cache) {
  const response = await fetch(page, { credentials: "same-origin", cache: "no-store" });
  if (!response.ok || response.redirected) throw new Error("The page is not to be had");
  const parts = (await response.clone().text()).match(new RegExp(`${root}[^"]+`, "g")) ?? [];
  if (!parts.every((part) => shell.includes(part))) throw new Error("The page is of another release");
  await cache.put(page, response);
}

async function install() {
  const cache = await caches.open(NAME);
  await cache.addAll(shell.map((address) => new Request(address, { cache: "reload" })));
  await fresh(cache);
  await self.skipWaiting();
}

async function activate() {
  const own = (name) => name.startsWith(`stand ${page} `) && name !== NAME;
  await Promise.all((await caches.keys()).filter(own).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function opened(event) {
  const cache = await caches.open(NAME);
  const kept = await cache.match(page);
  if (!kept) return fetch(event.request);
  event.waitUntil(fresh(cache).catch(() => undefined));
  return kept;
}

async function part(request) {
  const kept = await (await caches.open(NAME)).match(request, { ignoreVary: true });
  return kept ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin) return;
  if (event.request.mode === "navigate" && pathname === page) event.respondWith(opened(event));
  else if (shell.includes(pathname)) event.respondWith(part(event.request));
});
