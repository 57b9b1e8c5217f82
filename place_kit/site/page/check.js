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

  /** The helper in the browser that keeps answers: there, and answering for this page. */
  async function helped() {
    // The very address that JupyterLite registers, or each would take the place of the other.
    const worker = new URL('service-worker.js?enableCache=false', root);
    await navigator.serviceWorker.register(worker, { scope: root });
    await navigator.serviceWorker.ready;
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
      await helped();
    } catch { return WORDS.worker; }
    // Ask that a browser short of room clears other things first; no matter if it says no.
    navigator.storage.persist?.().catch(() => {});
    return '';
  }

  /** An empty text when all is well; otherwise what is wrong and what to do. */
  window.placeKitCheck = look();
})();
