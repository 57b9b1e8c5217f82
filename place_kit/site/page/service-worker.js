// Keeps the pages for use without a network, each file of one build and of no other. Answers are
// not here: they are in the browser's database, which no update touches.
(() => {
  'use strict';

  const BUILD = '@BUILD@';
  const KEPT = @KEPT@;
  const SOON = @SOON@;
  const LIST = 'place-kit-site.json';
  const root = new URL('.', self.location);
  const OURS = `place-kit ${root.pathname} `; // the course may lie twice on one host
  const CACHE = OURS + BUILD;
  const address = path => new URL(path, root).href;

  // A newer version waits until no page of the older is open, or until the reader asks for it:
  // a page must not get one half of itself from each.
  const takeOver = self.skipWaiting.bind(self);
  self.skipWaiting = async () => {};

  async function filesOf(name) {
    const list = await (await caches.open(name)).match(address(LIST));
    return list ? (await list.json()).files : {};
  }
  let reading = null;
  const files = () => (reading ??= filesOf(CACHE));

  async function isRight(path, response) {
    if (response.status !== 200) return false;
    const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await response.clone().arrayBuffer()));
    return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('') === (await files())[path];
  }

  /** A file of this build from the host; null where it is of another build, or not whole. */
  async function fetched(path, ways = ['default', 'reload']) {
    for (const cache of ways) {
      const response = await fetch(address(path), { cache });
      if (!await isRight(path, response)) continue;
      // A page that was led to elsewhere on the host is not taken by a browser as it is.
      return response.redirected ? new Response(response.body, { headers: response.headers }) : response;
    }
    return null;
  }

  const coming = new Map();
  /** The same, once for all who ask for it at the same time. */
  async function fetchedOnce(path) {
    if (!coming.has(path)) coming.set(path, fetched(path).finally(() => coming.delete(path)));
    return (await coming.get(path))?.clone();
  }

  /** Have a file of this build: as a build before had it, or from the host. */
  async function have(path, cache, all, before) {
    const name = before.find(one => one.files[path] === all[path])?.name;
    const found = name && await (await caches.open(name)).match(address(path));
    const file = found || await fetched(path, ['no-cache', 'reload']);
    if (!file) throw new Error(`${path} is not as it should be`);
    await cache.put(address(path), file);
  }

  async function install() {
    const cache = await caches.open(CACHE);
    const list = await fetch(address(LIST), { cache: 'reload' });
    const { build, files: all } = await list.clone().json();
    const wanted = new URL(self.location).searchParams.get('build') || BUILD;
    if (build !== BUILD || wanted !== BUILD) throw new Error('the host is at another build');
    await cache.put(address(LIST), list);
    const names = (await caches.keys()).filter(name => name.startsWith(OURS) && name !== CACHE);
    const before = await Promise.all(names.map(async name => ({ name, files: await filesOf(name) })));
    // What this reader uses is there before the newer version takes over, so also without a network.
    const used = (await Promise.all(names.map(async name => (await caches.open(name)).keys()))).flat()
      .map(request => request.url.slice(root.href.length)).filter(path => path in all);
    await Promise.all([...new Set([...KEPT, ...used])].map(path => have(path, cache, all, before)));
  }

  /** The other pages of the course, when nobody waits: they then open without a network. */
  async function haveOthers() {
    const cache = await caches.open(CACHE);
    for (const path of SOON) {
      if (!await cache.match(address(path))) await have(path, cache, await files(), []).catch(() => {});
    }
  }

  async function clear() {
    for (const name of await caches.keys()) {
      if (name.startsWith(OURS) && name !== CACHE) await caches.delete(name);
    }
  }

  self.addEventListener('install', event => event.waitUntil(install()));
  self.addEventListener('activate', event => event.waitUntil(clear()));
  self.addEventListener('message', event => {
    if (event.data === 'newer') takeOver();
    if (event.data === 'claim') self.clients.claim();
    if (event.data === 'others') event.waitUntil(haveOthers());
  });

  /** Why the host has no file of this build: it has a newer one, or it is not whole. */
  async function why() {
    const list = await fetch(address(LIST), { cache: 'reload' }).catch(() => null);
    const build = list?.ok && (await list.json().catch(() => ({}))).build;
    return build && build !== BUILD ? 'newer' : 'damaged';
  }

  async function answer(event, path) {
    if (!(path in await files())) return fetch(event.request);
    const cache = await caches.open(CACHE);
    const found = await cache.match(address(path));
    if (found) return found;
    const fresh = await fetchedOnce(path);
    if (fresh) {
      event.waitUntil(cache.put(address(path), fresh.clone()).catch(() => { /* no room: used all the same */ }));
      return fresh;
    }
    const reason = await why();
    if (event.request.mode === 'navigate') return Response.redirect(address(`index.html#${reason}`));
    for (const page of await self.clients.matchAll()) page.postMessage({ placeKit: reason });
    return new Response('', { status: 503 });
  }

  // --- what Python in the page asks for, and waits for ---------------------------------------------

  const asked = new BroadcastChannel('/sw-api.v1');

  /** Something of the drive, from the page that keeps it. A fault there is told, not waited for. */
  async function drive(request) {
    const sent = await request.json();
    const back = new AbortController();
    const response = await new Promise(done => {
      asked.addEventListener('message', ({ data }) => {
        if (data.browsingContextId === sent.browsingContextId && data.requestId === sent.requestId
          && 'response' in data) done(data.response);
      }, { signal: back.signal });
      const clock = setTimeout(() => done({ placeKitFault: 'too slow' }), 20000);
      back.signal.addEventListener('abort', () => clearTimeout(clock));
      asked.postMessage({ ...sent, pathname: new URL(request.url).pathname });
    });
    back.abort();
    return new Response(JSON.stringify(response), { status: response?.placeKitFault ? 507 : 200 });
  }

  const held = new Map();
  const letGo = id => {
    held.get(id)?.();
    held.delete(id);
  };

  /** Hold the answers of one file for one page, or let go of them: tabs save one after another. */
  async function lock(event) {
    const { name, id, hold } = await event.request.json();
    if (!hold) {
      letGo(id);
      return new Response('');
    }
    return new Promise(done => {
      navigator.locks.request(OURS + name, { signal: AbortSignal.timeout(10000) }, () => {
        const until = new Promise(free => { held.set(id, free); });
        event.waitUntil(watch(id, event.clientId));
        done(new Response(''));
        return until;
      }).catch(() => done(new Response('', { status: 423 })));
    });
  }

  /** A page that was closed while it saved never lets go, and the next one must not wait for it. */
  async function watch(id, client) {
    const told = await self.clients.get(client); // not every browser tells of the Python of a page
    const late = Date.now() + 10000;
    while (held.has(id)) {
      await new Promise(wait => { setTimeout(wait, 300); });
      if (told ? !await self.clients.get(client) : Date.now() > late) letGo(id);
    }
  }

  self.addEventListener('fetch', event => {
    const url = new URL(event.request.url);
    if (url.origin !== root.origin || !url.pathname.startsWith(root.pathname)) return;
    let path = url.pathname.slice(root.pathname.length);
    if (path === '' || path.endsWith('/')) path += 'index.html';
    const post = event.request.method === 'POST';
    let answered = null;
    if (post && path === 'api/drive') answered = drive(event.request);
    else if (post && path.endsWith('place-kit-lock')) answered = lock(event);
    // JupyterLite's own part, below.
    else if (event.request.method === 'GET' && !/^api\/(stdin|service-worker)/.test(path)) {
      answered = answer(event, decodeURIComponent(path));
    }
    if (!answered) return;
    event.stopImmediatePropagation();
    event.respondWith(answered);
  });
})();

importScripts('jupyterlite-service-worker.js?@BUILD@');
