(() => {
  "use strict";
  const main = document.querySelector("main");
  let news = "";
  const fill = async () => {
    let wait = 1500;
    try {
      // The laptop answers as soon as there is something new.
      const answer = await fetch(`${main.dataset.parts}?seen=${news}`);
      if (answer.ok) {
        const told = await answer.json();
        for (const [id, html] of Object.entries(told.parts)) {
          const place = document.getElementById(id);
          if (place && place.dataset.sum !== html) {
            // The laptop wrote it, every text of it made safe.
            place.innerHTML = html;
            place.dataset.sum = html;
          }
        }
        news = told.news;
        wait = 50;
      }
    } catch { /* the command was stopped: what is shown stays */ }
    setTimeout(fill, wait);
  };
  if (main.dataset.parts) fill();
})();
