(() => {
  "use strict";
  const main = document.querySelector("main");
  const form = document.querySelector("form[data-save]");
  const said = document.getElementById("saved");
  const say = (words, bad) => { said.textContent = words; said.classList.toggle("bad", Boolean(bad)); };

  if (form) {
    // What the laptop has not taken yet waits here, so that a reload or a lost connection costs nothing.
    const key = `place-kit-round-${form.dataset.save}`;
    const store = {
      get: () => { try { return sessionStorage.getItem(key); } catch { return null; } },
      set: (text) => { try { sessionStorage.setItem(key, text); } catch { /* not allowed here */ } },
      drop: () => { try { sessionStorage.removeItem(key); } catch { /* not allowed here */ } },
    };
    const body = () => new URLSearchParams(new FormData(form));
    let timer = 0, sending = false, again = false;

    const later = (wait) => { clearTimeout(timer); timer = setTimeout(send, wait); };
    const send = async () => {
      if (sending) { again = true; return; }
      sending = true;
      again = false;
      const sent = body();
      sent.append("by", "script");
      try {
        const stop = new AbortController();
        const patience = setTimeout(() => stop.abort(), 8000);
        const answer = await fetch(form.action, {
          method: "POST", body: sent, signal: stop.signal, redirect: "error",
        });
        clearTimeout(patience);
        const words = await answer.text();
        if (answer.status === 429 || answer.status >= 500) {
          say("Not saved yet. It will be tried again.", true);
          later(3000);
        } else {
          say(words, !answer.ok);
          if (answer.ok && !again && !answer.headers.get("X-Place-Left-Out")) store.drop();
        }
      } catch {
        say("Not saved yet: the laptop cannot be reached. Keep this page; it tries again.", true);
        later(3000);
      }
      sending = false;
      if (again) later(300);
    };
    const note = () => {
      store.set(body().toString());
      say("Saving …");
      later(600);
    };
    form.addEventListener("input", note);
    form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(timer); send(); });
    addEventListener("pagehide", () => {
      if (!store.get()) return;
      const sent = body();
      sent.append("by", "script");
      navigator.sendBeacon(form.action, sent);
    });

    const waiting = store.get();
    if (waiting) {
      const kept = new URLSearchParams(waiting);
      for (const field of form.elements) {
        if (!field.name || field.type === "hidden") continue;
        const value = kept.get(field.name);
        if (field.type === "radio") field.checked = value === field.value;
        else if (field.type === "checkbox") field.checked = value !== null;
        else if (field.tagName === "TEXTAREA") field.value = value || "";
      }
      later(0);
    }
  }

  if (main.dataset.state) {
    const look = async () => {
      try {
        const answer = await fetch(main.dataset.state);
        const stage = answer.ok ? await answer.text() : main.dataset.stage;
        if (stage !== main.dataset.stage) {
          if (!form) { location.reload(); return; }
          main.dataset.stage = stage;
          say("This round is closed. ");
          const link = document.createElement("a");
          link.href = location.pathname;
          link.textContent = "Go on";
          said.append(link);
        }
      } catch { /* the laptop is away for a while */ }
      setTimeout(look, 2000 + 1000 * Math.random());
    };
    setTimeout(look, 2000);
  }
})();
