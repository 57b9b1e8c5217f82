(() => {
  "use strict";
  const main = document.querySelector("main");
  const fill = async () => {
    try {
      const answer = await fetch(main.dataset.parts);
      if (answer.ok) {
        const parts = await answer.json();
        for (const [id, html] of Object.entries(parts)) {
          const place = document.getElementById(id);
          if (place && place.dataset.sum !== html) {
            // The laptop wrote it, every text of it made safe.
            const open = [...place.querySelectorAll("details")].map((each) => each.open);
            place.innerHTML = html;
            place.querySelectorAll("details").forEach((each, n) => { each.open = Boolean(open[n]); });
            place.dataset.sum = html;
          }
        }
      }
    } catch { /* the command was stopped: what is shown stays */ }
    setTimeout(fill, 1500);
  };
  if (main.dataset.parts) setTimeout(fill, 1500);
})();
