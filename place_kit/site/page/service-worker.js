// Keeps the pages for use without a network. Answers are not here: they are in the browser's
// database, which no update touches.
(() => {
  'use strict';

  const BUILD = '@BUILD@';
  const KEPT = @KEPT@;
  const CACHE = `place-kit ${BUILD}`;
  const root = new URL('.', self.location);

  // A newer version waits until no page of the older is open, or until the reader asks for it:
  // a page must not get one half of itself from each.
  const takeOver = self.skipWaiting.bind(self);
  self.skipWaiting = async () => {};

  self.addEventListener('install', event => {
    event.waitUntil((async () => {
      const cache = await caches.open(CACHE);
      await cache.addAll(KEPT.map(path => new Request(new URL(path, root), { cache: 'no-cache' })));
    })());
  });

  self.addEventListener('activate', event => {
    event.waitUntil((async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith('place-kit ') && name !== CACHE) await caches.delete(name);
      }
    })());
  });

  self.addEventListener('message', event => {
    if (event.data === 'newer') takeOver();
    if (event.data === 'claim') self.clients.claim();
  });

  /** The page's own file, whatever stands behind a question mark; a folder is its index. */
  function plain(url) {
    const path = url.pathname.endsWith('/') ? `${url.pathname}index.html` : url.pathname;
    return new URL(path, url.origin).href;
  }

  async function answer(request, url) {
    const cache = await caches.open(CACHE);
    const found = await cache.match(plain(url));
    if (found) return found;
    const fresh = await fetch(request);
    if (fresh.ok && fresh.status === 200 && !fresh.redirected) await cache.put(plain(url), fresh.clone()).catch(() => {});
    return fresh;
  }

  self.addEventListener('fetch', event => {
    const url = new URL(event.request.url);
    const inside = url.origin === root.origin && url.pathname.startsWith(root.pathname);
    const path = url.pathname.slice(root.pathname.length);
    const alive = /^api\/(drive|stdin|service-worker)/.test(path);
    if (event.request.method !== 'GET' || !inside || alive) return; // JupyterLite's own part, below
    event.stopImmediatePropagation();
    event.respondWith(answer(event.request, url));
  });
})();

importScripts('jupyterlite-service-worker.js');
