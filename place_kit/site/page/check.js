// Whether this browser can run the course and keep what is written. Asked before anyone writes.
(() => {
  'use strict';

  const WORDS = {
    old: 'This browser is too old for the course. Please use a newer one: Firefox, Chrome or Edge '
      + 'from 2023 on, or Safari 16.4 or later.',
    address: 'At this address the browser cannot keep your answers, because the address is not a '
      + 'secure one. It should begin with https://. Please tell whoever gave you the link.',
    worker: 'This browser does not allow the course to keep your answers here. That is so in some '
      + 'private windows, and where your employer has switched it off. Please open the course in '
      + 'an ordinary window or in another browser, or ask whoever looks after your computer.',
    storage: 'This browser does not let the course keep anything, so your answers would be lost. '
      + 'That is so in some private windows, and when cookies and site data are blocked. Please '
      + 'open the course in an ordinary window, or allow site data for this address.',
    full: 'There is too little room left in this browser’s storage to keep your answers. Please '
      + 'make some room on this computer, then open this page again.',
    part: 'The course did not arrive whole. Please look whether you are connected, then reload this '
      + 'page. If it goes on, tell whoever gave you the link.',
    newer: 'A newer version of the course is here, and this page belongs to the older one. Your '
      + 'answers stay as they are.',
    damaged: 'A part of the course did not arrive as it should. What is saved is safe. Please try '
      + 'again in some minutes. If it goes on, tell whoever gave you the link.',
    use: 'Use the newer version',
    away: 'The newer version could not be loaded. Please try again later: this one goes on working.',
  };
  const root = new URL('.', document.currentScript.src);
  const soon = (promise, milliseconds) => Promise.race([
    promise,
    new Promise((_, fail) => { setTimeout(() => fail(new Error('too slow')), milliseconds); }),
  ]);

  function isNew() {
    try {
      return typeof WebAssembly === 'object' && typeof BroadcastChannel === 'function'
        && typeof structuredClone === 'function' && Boolean(Array.prototype.findLast)
        && CSS.supports('selector(:has(a))');
    } catch { return false; }
  }

  /** Write a little, read it back, and take it away again. */
  const keeps = () => new Promise((done, fail) => {
    const name = 'place-kit check';
    const asked = indexedDB.open(name);
    asked.onerror = () => fail(asked.error);
    asked.onupgradeneeded = () => asked.result.createObjectStore('check');
    asked.onsuccess = () => {
      const all = asked.result;
      const writing = all.transaction('check', 'readwrite');
      const reading = writing.objectStore('check').put('kept', 1) && writing.objectStore('check').get(1);
      writing.onabort = () => fail(writing.error);
      writing.oncomplete = () => {
        all.close();
        indexedDB.deleteDatabase(name);
        if (reading.result === 'kept') done();
        else fail(new Error('not kept'));
      };
    };
  });

  /** A helper that is being put in place, when that is done: well or not. */
  const settled = worker => new Promise(done => {
    const look = () => /installed|activat|redundant/.test(worker.state) && done(worker.state !== 'redundant');
    worker.addEventListener('statechange', look);
    look();
  });

  /**
   * Have the version that the host has now, beside the one that is used; without a network, what
   * is there. A host may tell a changed file by its date alone, so the build is in the address.
   */
  async function newest() {
    const there = await navigator.serviceWorker.getRegistration(root);
    const answer = await fetch(new URL('build.json', root), { cache: 'no-store' }).catch(() => null);
    const build = answer?.ok && (await answer.json().catch(() => ({}))).build;
    const known = [there?.installing, there?.waiting, there?.active]
      .some(one => one?.scriptURL.endsWith(`?build=${build}`));
    if (there && (known || !build)) return there;
    return navigator.serviceWorker.register(new URL(`service-worker.js?build=${build}`, root), { scope: root });
  }

  /** The helper in the browser that keeps answers: there, and answering for this page. */
  async function helped() {
    const there = await navigator.serviceWorker.getRegistration(root);
    if (!there?.active) {
      const { installing } = await newest();
      if (installing && !await settled(installing)) throw new Error('not whole');
      await navigator.serviceWorker.ready;
    }
    if (navigator.serviceWorker.controller) return;
    // After a reload that skips it, the helper does not answer for the page by itself.
    const taken = new Promise(done => {
      navigator.serviceWorker.addEventListener('controllerchange', done, { once: true });
    });
    (await navigator.serviceWorker.ready).active.postMessage('claim');
    await soon(taken, 10000);
  }

  async function look() {
    if (!isNew()) return WORDS.old;
    if (!window.isSecureContext) return WORDS.address;
    if (!navigator.serviceWorker) return WORDS.worker;
    const helping = helped(); // which takes longest; how it went is asked last
    helping.catch(() => {});
    try {
      await soon(keeps(), 10000);
    } catch (error) {
      return error?.name === 'QuotaExceededError' ? WORDS.full : WORDS.storage;
    }
    try {
      const { quota, usage } = await navigator.storage.estimate();
      if (quota - usage < 5e6) return WORDS.full;
    } catch { /* not every browser tells */ }
    try {
      await helping;
    } catch (error) {
      return error.message === 'not whole' ? WORDS.part : WORDS.worker;
    }
    // Ask that a browser short of room clears other things first; no matter if it says no.
    navigator.storage.persist?.().catch(() => {});
    return '';
  }

  /** Whether a newer version is here, and whole. */
  async function isNewer() {
    const registration = await newest();
    if (registration.installing) await settled(registration.installing);
    return Boolean(registration.active && registration.waiting);
  }

  /** Let it take over; every page of the course loads anew. */
  async function useNewer() {
    if (await isNewer().catch(() => false)) {
      (await navigator.serviceWorker.ready).waiting.postMessage('newer');
    } else say(WORDS.away);
  }

  let shown = null;
  /** Tell it at the foot of whatever page is open, once. */
  function say(words, action = null) {
    if (shown?.firstChild.data === words) return;
    shown?.remove();
    shown = document.createElement('div');
    shown.setAttribute('role', 'alert');
    shown.style.cssText = 'position:fixed;inset:auto 0 0 0;z-index:99999;padding:12px 16px;'
      + 'border-top:6px solid #9c2f1c;background:#fbeeeb;color:#1c2b33;font:17px/1.6 system-ui,sans-serif';
    shown.append(words);
    if (action) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = WORDS.use;
      button.style.cssText = 'margin-left:12px;font:inherit';
      button.addEventListener('click', action);
      shown.append(button);
    }
    document.body.append(shown);
  }
  const told = why => (why === 'newer' ? say(WORDS.newer, useNewer) : say(WORDS.damaged));

  if (navigator.serviceWorker) {
    // A page of one version is not helped by another: where a newer one takes over, it loads anew.
    const before = navigator.serviceWorker.controller;
    navigator.serviceWorker.addEventListener('controllerchange', () => before && location.reload(), { once: true });
    navigator.serviceWorker.addEventListener('message', ({ data }) => data?.placeKit && told(data.placeKit));
    navigator.serviceWorker.startMessages();
    // JupyterLite would send away the helpers of every other program on this host.
    navigator.serviceWorker.getRegistrations = async () => [];
    const why = location.hash.match(/^#(newer|damaged)$/)?.[1];
    if (why) {
      history.replaceState(null, '', location.pathname);
      told(why);
    }
  }

  /** Let the helper have the other pages too, once this one is there. */
  const haveOthers = () => navigator.serviceWorker.controller?.postMessage('others');

  /** An empty text when all is well; otherwise what is wrong and what to do. */
  window.placeKitCheck = look();
  /** Looked for on every page; where none asks for it, it takes over when all pages are closed. */
  window.placeKitNewer = window.placeKitCheck.then(problem => !problem && isNewer()).catch(() => false);
  window.placeKitUseNewer = useNewer;
  window.placeKitCheck.then(problem => problem || setTimeout(haveOthers, 15000));
})();
