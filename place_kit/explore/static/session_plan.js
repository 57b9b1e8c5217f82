// The plan of a session, a step at a time, each with its timer (timer.js stands before this).
// Python sends `plans`; nothing goes back.

const LANG = "en-GB";
const HERE = "place-kit-team-plan";
let pages = 0;

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

const listOf = (texts) => element("ul", {}, ...texts.map((text) => element("li", {}, text)));

function render({ model, el }) {
  const { plans, draft } = model.get("spec");
  const name = `pk-plan-${(pages += 1)}`;
  const saved = kept.get(HERE);
  let plan = plans.find((each) => each.id === saved?.plan) ?? plans[0];
  let at = Number.isInteger(saved?.at) && saved.at >= 0 && saved.at < plan.steps.length ? saved.at : 0;
  let timer = null;

  const status = element("p", { class: "pk-status", role: "status" });
  const say = (words) => (status.textContent = words);
  const choices = plans.map((each) =>
    element(
      "label",
      { class: "pk-choice" },
      element("input", {
        type: "radio",
        name,
        value: each.id,
        checked: each === plan,
        onchange: () => {
          plan = each;
          go(0);
        },
      }),
      element("span", {}, `${each.minutes} minutes`),
    ),
  );
  const overview = element("ol", { class: "pk-all-parts" });
  const shown = element("div", { class: "pk-part-now" });
  const back = element("button", { type: "button", class: "pk-button", onclick: () => go(at - 1) }, "Step before");
  const next = element("button", { type: "button", class: "pk-button", onclick: () => go(at + 1) }, "Next step");

  function go(to) {
    at = Math.max(0, Math.min(to, plan.steps.length - 1));
    kept.set(HERE, { plan: plan.id, at });
    draw();
    say(`Step ${at + 1} of ${plan.steps.length}: ${plan.steps[at].title}, ${plan.steps[at].minutes} minutes.`);
  }

  function draw() {
    timer?.stop();
    const step = plan.steps[at];
    overview.replaceChildren(
      ...plan.steps.map((each, index) =>
        element(
          "li",
          { "aria-current": index === at ? "step" : null },
          element(
            "button",
            { type: "button", class: "pk-part-choice", onclick: () => go(index) },
            `${each.title}, ${each.minutes} minutes`,
          ),
        ),
      ),
    );
    timer = makeTimer({ key: `${HERE}-${plan.id}-${step.id}`, minutes: step.minutes, title: step.title, say });
    shown.replaceChildren(
      element("p", { class: "pk-part-title" }, element("strong", {}, `${at + 1}. ${step.title}`), ` (${step.who})`),
      timer.node,
      element("p", { class: "pk-label" }, "What to say"),
      element("blockquote", {}, step.say),
      element("p", { class: "pk-label" }, "What to do"),
      listOf(step.do),
      element("p", { class: "pk-label" }, "What the room sees"),
      listOf(step.room),
    );
    back.disabled = at === 0;
    next.disabled = at === plan.steps.length - 1;
  }

  const root = element(
    "div",
    { class: "pk-form pk-explore pk-plan", lang: LANG },
    element(
      "fieldset",
      { class: "pk-item" },
      element("legend", { class: "pk-item-text" }, "How long is your session?"),
      element("div", { class: "pk-pick" }, ...choices),
    ),
    overview,
    shown,
    element("div", { class: "pk-buttons" }, back, next),
    element("p", { class: "pk-soft" }, draft),
    status,
  );
  // JupyterLab takes plain keys (arrows, letters, Enter) for its own commands: they stay here.
  root.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey || event.altKey;
    if (!command || event.key === "Enter") event.stopPropagation();
  });
  draw();
  el.replaceChildren(root);
  return () => timer?.stop();
}

export default { render };
