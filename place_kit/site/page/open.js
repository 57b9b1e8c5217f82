// A page of the course: the notebook is loaded only where what is written will be kept.
(async () => {
  'use strict';

  const problem = await window.placeKitCheck;
  if (!problem) {
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
