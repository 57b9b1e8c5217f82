// The front page: begin when the browser can keep what is written, and say so when it cannot.
(async () => {
  'use strict';

  const says = document.getElementById('says');
  const problem = await window.placeKitCheck;
  if (problem) {
    says.className = 'stop';
    says.textContent = problem;
    for (const link of document.querySelectorAll('.needs')) link.replaceWith(...link.childNodes);
    return;
  }
  says.textContent = 'Your browser can run the course, and keeps your answers.';
  document.getElementById('begin').hidden = false;

  const newer = document.getElementById('newer');
  newer.querySelector('button').addEventListener('click', window.placeKitUseNewer);
  newer.hidden = !await window.placeKitNewer;
})();
