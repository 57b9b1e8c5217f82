(() => {
  "use strict";
  const main = document.querySelector("main");
  const show = (parts) => {
    for (const [id, html] of Object.entries(parts)) {
      const place = document.getElementById(id);
      if (place && place.dataset.sum !== html) {
        // The laptop wrote it, every text of it made safe.
        place.innerHTML = html;
        place.dataset.sum = html;
      }
    }
  };
  const listen = () => {
    const news = new EventSource(main.dataset.news);
    news.onmessage = (event) => show(JSON.parse(event.data));
    // Some browsers do not try again by themselves when the command was stopped.
    news.onerror = () => { news.close(); setTimeout(listen, 1500); };
  };
  if (main.dataset.news) listen();
})();
