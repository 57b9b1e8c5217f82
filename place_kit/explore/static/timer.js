// A timer that can be paused, without a sound. It goes on where it was after a reload: what is kept,
// in this browser alone, is a number of minutes. Used by the plan on the page and by the slides.

const MINUTE_MS = 60_000;

const kept = {
  get(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null; // a browser that keeps nothing, or something that is not ours
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch {
      // then a reload starts over
    }
  },
};

function clockFace(ms) {
  const seconds = Math.ceil(Math.abs(ms) / 1000);
  const face = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return ms < 0 ? `${face} over` : face;
}

function inWords(ms) {
  const minutes = Math.ceil(ms / MINUTE_MS);
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}

// Returns { node, stop }. `say` is told, politely, what a person who does not see the clock needs.
function makeTimer({ key, minutes, title, say }) {
  const number = (value) => typeof value === "number" && Number.isFinite(value);
  const saved = kept.get(key);
  const whole = minutes * MINUTE_MS;
  const fits = saved && number(saved.left) && number(saved.total) && (saved.until === null || number(saved.until));
  let state = fits ? saved : { left: whole, until: null, total: whole };
  let before = null;
  let ticking = null;

  const make = (tag, attributes, text) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    if (text) node.textContent = text;
    return node;
  };
  const node = make("div", { class: "pk-timer", role: "group", "aria-label": `Timer: ${title}` });
  const face = make("p", { class: "pk-clock", role: "timer", "aria-live": "off" });
  const bar = make("div", { class: "pk-bar", "aria-hidden": "true" });
  const done = make("div", { class: "pk-bar-done" });
  bar.append(done);
  const button = (text, act) => {
    const made = make("button", { type: "button", class: "pk-button" }, text);
    made.addEventListener("click", act);
    return made;
  };
  const toggle = button("Start", () => (state.until === null ? start() : pause()));
  const more = button("One minute more", () => {
    state.left += MINUTE_MS;
    state.total += MINUTE_MS;
    if (state.until !== null) state.until += MINUTE_MS;
    before = null;
    changed(`One minute more. ${clockFace(left())}.`);
  });
  const over = button("Start over", () => {
    state = { left: whole, until: null, total: whole };
    changed(`Set to ${inWords(whole)}.`);
  });
  const buttons = make("div", { class: "pk-buttons" });
  buttons.append(toggle, more, over);
  node.append(face, bar, buttons);

  const left = () => (state.until === null ? state.left : state.until - Date.now());
  function start() {
    state.until = Date.now() + state.left;
    before = null;
    changed(`Started: ${title}, ${inWords(state.left)}.`);
  }
  function pause() {
    state.left = left();
    state.until = null;
    changed(`Paused at ${clockFace(state.left)}.`);
  }
  function changed(words) {
    kept.set(key, state);
    draw();
    say(words);
  }
  function draw() {
    const now = left();
    face.textContent = clockFace(now);
    done.style.inlineSize = `${Math.max(0, Math.min(100, 100 - (100 * now) / state.total))}%`;
    toggle.textContent = state.until !== null ? "Pause" : state.left === state.total ? "Start" : "Go on";
    node.classList.toggle("pk-over", now < 0);
    if (before !== null && state.until !== null) {
      if (before > 0 && now <= 0) say(`Time is up: ${title}. There is no hurry.`);
      else if (before > MINUTE_MS && now <= MINUTE_MS) say(`One minute left: ${title}.`);
    }
    before = now;
  }
  draw();
  ticking = setInterval(draw, 250);
  return { node, stop: () => clearInterval(ticking) };
}
