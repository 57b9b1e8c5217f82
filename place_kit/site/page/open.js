// A page of the course: the notebook is loaded only where what is written will be kept.
(async () => {
  'use strict';

  const PYTHON = @PYTHON@;

  /** Fetch Python while the page is being built, not after; the browser compiles it meanwhile. */
  function fetchPython() {
    for (const path of PYTHON) {
      const file = fetch(new URL(`../${path}`, document.baseURI));
      const compiled = path.endsWith('.wasm') ? WebAssembly.compileStreaming(file) : file;
      compiled.catch(() => { /* it is asked for again when it is needed, and then it is said */ });
    }
  }

  const problem = await window.placeKitCheck;
  if (!problem) {
    fetchPython();
    await import('./config-utils.js'); // beside this file
    return;
  }
  const main = document.createElement('main');
  main.style.cssText = 'max-width:40rem;margin:3rem auto;padding:0 1rem;font:17px/1.6 system-ui,sans-serif';
  const heading = document.createElement('h1');
  heading.textContent = 'This page was not opened';
  const words = document.createElement('p');
  words.setAttribute('role', 'alert');
  words.textContent = problem;
  const back = document.createElement('p');
  const link = document.createElement('a');
  link.href = '../index.html';
  link.textContent = 'About this course';
  back.append(link);
  main.append(heading, words, back);
  document.body.replaceChildren(main);
})();
