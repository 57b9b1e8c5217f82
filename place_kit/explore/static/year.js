// A year, one decision at a time. Python sends `page`: all that is to be seen, its HTML made and
// escaped by the course. The page sends `act`. Nothing is decided here.

const ACK_MS = 4000; // after this long without a reply from Python, say so
const LANG = "en-GB";
const SILENT =
  "The course does not answer just now, so this is not saved yet. Wait a moment and try again; if that does not help, reload this page.";

let count = 0;
const uid = () => `pk-year-${Date.now().toString(36)}-${(count += 1)}`;

function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

const html = (tag, attributes, text) => {
  const node = h(tag, attributes);
  node.innerHTML = text;
  return node;
};

function select(label, options, value, changed) {
  const id = uid();
  const control = h(
    "select",
    { id, class: "pk-select", onchange: () => changed(control.value) },
    ...options.map((option) => h("option", { value: option.id }, option.text)),
  );
  control.value = value;
  return h("div", { class: "pk-item" }, h("label", { class: "pk-item-text", for: id }, label), control);
}

function render({ model, el }) {
  let seq = 0;
  let waiting = null;
  let doing = "";

  const came = h("div", { class: "pk-card pk-came", tabindex: "-1", role: "group", "aria-label": "What came of it" });
  const scene = h("div");
  const buttons = h("div", { class: "pk-buttons" });
  const fields = h("div", { class: "pk-fields" });
  const notice = h("p", { class: "pk-notice", role: "status" });
  const live = h("div", { class: "pk-card", "aria-live": "polite" });
  const rest = h("div", { class: "pk-rest" });
  const tag = h("p", { class: "pk-tag" });
  const root = h(
    "div",
    { class: "pk-form pk-explore pk-year", lang: LANG },
    tag,
    came,
    scene,
    notice,
    buttons,
    fields,
    h("div", { class: "pk-shown" }, live, rest),
  );
  // JupyterLab takes plain keys (arrows, letters, Enter) for its own commands: they stay here.
  root.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey || event.altKey;
    if (!command || event.key === "Enter") event.stopPropagation();
  });
  el.replaceChildren(root);

  function act(what, details = {}) {
    doing = what;
    seq = Math.max(seq, model.get("page").seq) + 1;
    model.set("act", { seq, do: what, ...details });
    model.save_changes();
    clearTimeout(waiting);
    waiting = setTimeout(() => (notice.textContent = SILENT), ACK_MS);
  }

  function deciding(now) {
    const name = uid();
    const inputs = now.choices.map((choice) =>
      h("input", { type: "radio", name, value: choice.id, onchange: () => (notice.textContent = "") }),
    );
    const choices = now.choices.map((choice, index) =>
      h("label", { class: "pk-choice" }, inputs[index], h("span", {}, choice.text)),
    );
    function decide() {
      const chosen = inputs.find((input) => input.checked);
      if (chosen) {
        act("decide", { decision: now.id, choice: chosen.value });
        return;
      }
      notice.textContent = "Choose one first.";
      inputs[0].focus();
    }
    return [
      h("p", { class: "pk-month", tabindex: "-1" }, `${now.month}. ${now.place}`),
      html("div", { class: "pk-story" }, now.story),
      h(
        "fieldset",
        { class: "pk-deciding" },
        h("legend", { class: "pk-prompt" }, now.title),
        h("div", { class: "pk-options" }, ...choices),
      ),
      h(
        "div",
        { class: "pk-buttons" },
        h("button", { type: "button", class: "pk-button pk-main", onclick: decide }, "Decide"),
      ),
    ];
  }

  function show() {
    const page = model.get("page");
    if (page.seq < seq) return; // a later act is on its way
    clearTimeout(waiting);
    const several = page.years.length > 1 ? ` Your year ${page.number}.` : "";
    tag.textContent = `A year in ${page.place}.${several}`;
    notice.textContent = page.notice;
    came.innerHTML = page.came;
    came.dataset.turn = page.turn;
    if (page.now) scene.replaceChildren(...deciding(page.now));
    else {
      scene.replaceChildren(
        h("p", { class: "pk-month", tabindex: "-1" }, "December. The year is over."),
        html("div", { class: "pk-card pk-december" }, page.end),
        page.full ? h("p", { class: "pk-help" }, "You have five years to compare now. You can still take decisions back in each.") : "",
      );
    }
    const button = (words, what) => h("button", { type: "button", class: "pk-button", onclick: () => act(what) }, words);
    buttons.replaceChildren(
      ...[
        page.again ? button("Play another year", "again") : null,
        page.back ? button("Take the last decision back", "back") : null,
      ].filter(Boolean),
    );
    const years = page.years.map((number) => ({ id: number, text: `Your year ${number}` }));
    const chosen = doing === "compare" || doing === "show" ? doing : "";
    const controls = {
      show: years.length > 1 ? select("Look at", years, page.number, (id) => act("show", { choice: id })) : null,
      compare: page.others.length
        ? select("Compare this year with", [{ id: "", text: "No other year" }, ...page.others], page.other, (id) =>
            act("compare", { choice: id }),
          )
        : null,
    };
    fields.replaceChildren(...Object.values(controls).filter(Boolean));
    live.innerHTML = page.live;
    const opened = rest.querySelector("details")?.open;
    rest.innerHTML = page.rest;
    const details = rest.querySelector("details");
    if (details && opened) details.open = true;
    // What was pressed may be gone: go on where the story does.
    if (chosen) controls[chosen]?.querySelector("select").focus();
    else if (doing) (page.came && doing === "decide" ? came : scene.querySelector(".pk-month")).focus();
    doing = "";
  }

  model.on("change:page", show);
  show();
  return () => {
    clearTimeout(waiting);
    model.off("change:page", show);
  };
}

export default { render };
