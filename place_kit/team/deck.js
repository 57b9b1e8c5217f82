// One slide at a time, by keyboard or by button; timer.js stands before this. Without it the slides
// are one long page. The address says which slide, so that a reload stays there.

const slides = [...document.querySelectorAll("section")];
const said = document.querySelector("#said");
const back = document.querySelector("#back");
const next = document.querySelector("#next");
const say = (words) => (said.textContent = words);
let at = 0;

function show(to, move = true) {
  at = Math.max(0, Math.min(to, slides.length - 1));
  slides.forEach((slide, index) => slide.classList.toggle("now", index === at));
  back.disabled = at === 0;
  next.disabled = at === slides.length - 1;
  const title = slides[at].querySelector("h2").textContent;
  document.title = `${title} (${at + 1} of ${slides.length})`;
  say(`Slide ${at + 1} of ${slides.length}`);
  if (!move) return;
  history.replaceState(null, "", `#${slides[at].id}`);
  window.scrollTo(0, 0);
  slides[at].focus(); // so that a screen reader reads the slide
}

const fromAddress = () => Math.max(0, slides.findIndex((slide) => `#${slide.id}` === location.hash));
const KEYS = {
  ArrowRight: () => at + 1,
  PageDown: () => at + 1,
  ArrowLeft: () => at - 1,
  PageUp: () => at - 1,
  Home: () => 0,
  End: () => slides.length - 1,
};

document.addEventListener("keydown", (event) => {
  const to = KEYS[event.key];
  if (!to || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  event.preventDefault();
  show(to());
});
back.addEventListener("click", () => show(at - 1));
next.addEventListener("click", () => show(at + 1));
window.addEventListener("hashchange", () => show(fromAddress()));
window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((each) => (each.open = true)));

for (const place of document.querySelectorAll("[data-minutes]")) {
  const { minutes, title, key } = place.dataset;
  place.append(makeTimer({ key: `place-kit-slides-${key}`, minutes: Number(minutes), title, say }).node);
}
document.body.classList.add("one-by-one");
show(fromAddress(), false);
