// Controls that choose what is shown. Python sends `spec` (what can be chosen) and `shown` (HTML
// made and escaped by the course); the page sends `chosen`.

const ACK_MS = 4000; // after this long without a reply from Python, say so
const LANG = "en-GB";
const SILENT =
  "The course does not answer just now. Wait a moment and choose again; if that does not help, reload this page.";

let count = 0;
const uid = () => `pk-explore-${Date.now().toString(36)}-${(count += 1)}`;

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

// Each control returns { node, read, write }.
function select(field, changed) {
  const id = uid();
  const options = field.options.map((option) => h("option", { value: option.id }, option.text));
  const control = h("select", { id, class: "pk-select", onchange: changed }, ...options);
  return {
    node: h("div", { class: "pk-item" }, h("label", { class: "pk-item-text", for: id }, field.label), control),
    read: () => control.value,
    write: (value) => (control.value = value),
  };
}

function radio(field, changed) {
  const name = uid();
  const inputs = field.options.map((option) =>
    h("input", { type: "radio", name, value: option.id, onchange: changed }),
  );
  const choices = field.options.map((option, index) =>
    h("label", { class: "pk-choice" }, inputs[index], h("span", {}, option.text)),
  );
  return {
    node: h(
      "fieldset",
      { class: "pk-item" },
      h("legend", { class: "pk-item-text" }, field.label),
      h("div", { class: "pk-pick" }, ...choices),
    ),
    read: () => inputs.find((input) => input.checked)?.value ?? "",
    write: (value) => inputs.forEach((input) => (input.checked = input.value === value)),
  };
}

function render({ model, el }) {
  const spec = model.get("spec");
  let seq = 0;
  let waiting = null;

  const controls = {};
  for (const field of spec.fields) {
    controls[field.name] = (field.shape === "radio" ? radio : select)(field, choose);
  }
  const live = h("div", { class: "pk-card", "aria-live": "polite" });
  const rest = h("div", { class: "pk-rest" });
  const silent = h("p", { class: "pk-notice", role: "status" });
  const root = h(
    "div",
    { class: "pk-form pk-explore", lang: LANG },
    h("p", { class: "pk-tag" }, "Look closer"),
    h("p", { class: "pk-prompt" }, spec.prompt),
    h("div", { class: "pk-fields" }, ...Object.values(controls).map((control) => control.node)),
    silent,
    h("div", { class: "pk-shown" }, live, rest),
  );
  // JupyterLab takes plain keys (arrows, letters, Enter) for its own commands: they stay here.
  root.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey || event.altKey;
    if (!command || event.key === "Enter") event.stopPropagation();
  });
  el.replaceChildren(root);

  function choose() {
    const values = Object.fromEntries(Object.entries(controls).map(([name, one]) => [name, one.read()]));
    seq = Math.max(seq, model.get("shown").seq) + 1;
    model.set("chosen", { seq, values });
    model.save_changes();
    clearTimeout(waiting);
    waiting = setTimeout(() => (silent.textContent = SILENT), ACK_MS);
  }

  function show() {
    const shown = model.get("shown");
    if (shown.seq < seq) return; // a later choice is on its way
    clearTimeout(waiting);
    silent.textContent = "";
    for (const [name, value] of Object.entries(shown.values)) controls[name]?.write(value);
    live.innerHTML = shown.live;
    const opened = rest.querySelector("details")?.open;
    rest.innerHTML = shown.rest;
    const details = rest.querySelector("details");
    if (details && opened) details.open = true;
  }

  model.on("change:shown", show);
  show();
  return () => {
    clearTimeout(waiting);
    model.off("change:shown", show);
  };
}

export default { render };
