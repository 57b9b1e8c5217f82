// Every form of the course, in native HTML. Python sends `spec` (what to show) and `reply` (what is
// saved); the page sends `answer`. All words arrive as data and go in as text nodes, never as HTML.

const ACK_MS = 4000; // after this long without a reply from Python, say that it is not saved
const TYPING_MS = 400;
const LANG = "en-GB";
const DRAWN = "place-kit-form"; // a form has been drawn on this page
const GO = "place-kit-go"; // sent to a form: take the focus

// --- small helpers ------------------------------------------------------------------------------

let count = 0;
const uid = () => `pk-${Date.now().toString(36)}-${(count += 1)}`;
const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

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

const SHAPES = {
  right: ["M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z", "M7.5 12.4l3.1 3.1 6-6.6"],
  partly: ["M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z", "M8 12h8M12 8v8"],
  wrong: ["M12 1.8 22.2 12 12 22.2 1.8 12z", "M8 12h8"],
  open: ["M4 4h16v16H4z", "M9 12h.01M12 12h.01M15 12h.01"],
};

// A shape beside the words of a verdict, so that nothing rests on colour.
function shape(verdict) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  for (const [name, value] of [["viewBox", "0 0 24 24"], ["aria-hidden", "true"], ["class", "pk-shape"]])
    svg.setAttribute(name, value);
  (SHAPES[verdict] ?? SHAPES.open).forEach((line, index) => {
    const path = document.createElementNS(space, "path");
    path.setAttribute("d", line);
    path.setAttribute("class", index ? "pk-shape-sign" : "pk-shape-body");
    svg.append(path);
  });
  return svg;
}

// "at 10:42" for today, "on 3 November at 10:42" for another day, in the reader's own time.
function when(utc) {
  const date = new Date(utc);
  if (Number.isNaN(date.getTime())) return "";
  const time = date.toLocaleTimeString(LANG, { hour: "2-digit", minute: "2-digit" });
  if (date.toDateString() === new Date().toDateString()) return `at ${time}`;
  return `on ${date.toLocaleDateString(LANG, { day: "numeric", month: "long" })} at ${time}`;
}

const firstOpen = (all, open) => all.find(open) ?? all[0];
const words = (text) => (text.trim() ? text.trim().split(/\s+/u).length : 0);

// Sets a text field without moving the cursor of somebody who is in it.
function fill(field, text) {
  if (field.value === text) return;
  const active = field.ownerDocument.activeElement === field;
  const at = active && field.type !== "date" ? [field.selectionStart, field.selectionEnd] : null;
  field.value = text;
  if (at) field.setSelectionRange(...at);
}

// What has not been saved yet, kept by this browser: one entry for each view, so that the
// windows of one question never write over each other's.
function drafts(store, id) {
  const key = `place-kit:${store}:${id}`;
  const read = () => {
    try {
      const found = JSON.parse(localStorage.getItem(key));
      return found && typeof found === "object" && !Array.isArray(found) ? found : {};
    } catch {
      return {};
    }
  };
  const write = (all) => {
    try {
      if (Object.keys(all).length) localStorage.setItem(key, JSON.stringify(all));
      else localStorage.removeItem(key);
      return true;
    } catch {
      return false; // storage is full or switched off: the page says so
    }
  };
  return {
    all: () =>
      Object.values(read())
        .filter((draft) => draft && typeof draft.view === "string" && Number.isFinite(draft.seq))
        .sort((a, b) => a.seq - b.seq),
    put: (draft) => write({ ...read(), [draft.view]: draft }),
    drop: (view, seq = Infinity) => {
      const all = read();
      if (all[view] && all[view].seq <= seq) {
        delete all[view];
        write(all);
      }
    },
  };
}

// --- the kinds of question ----------------------------------------------------------------------
// Each returns { node, read, write, focus, empty, slots }: `read` gives the answer, `write` shows one,
// `slots` are the places for reasons, by id.

function reasonSlot(...controls) {
  const node = h("div", { class: "pk-reason", id: uid(), hidden: true });
  const described = controls.map((control) => [control, control.getAttribute("aria-describedby")]);
  return {
    show(mark) {
      node.replaceChildren();
      node.hidden = !mark;
      if (mark) {
        node.dataset.verdict = mark.verdict;
        node.append(
          shape(mark.verdict),
          h("div", {}, mark.words ? h("strong", {}, `${mark.words} `) : null, h("span", {}, mark.reason)),
        );
      }
      for (const [control, before] of described) {
        const ids = [before, mark ? node.id : ""].filter(Boolean).join(" ");
        if (ids) control.setAttribute("aria-describedby", ids);
        else control.removeAttribute("aria-describedby");
      }
    },
    node,
  };
}

function choices(spec, form, type) {
  const name = uid();
  const slots = {};
  const inputs = spec.options.map((option) => {
    const input = h("input", { type, name, value: option.id, onchange: () => form.changed() });
    slots[option.id] = reasonSlot(input);
    return input;
  });
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  const node = h(
    "div",
    { class: "pk-options" },
    ...spec.options.map((option, index) =>
      h(
        "div",
        { class: "pk-option" },
        h("label", { class: "pk-choice" }, inputs[index], h("span", {}, option.text)),
        slots[option.id].node,
      ),
    ),
  );
  const one = type === "radio";
  return {
    node,
    slots,
    read: () => (one ? (chosen()[0] ?? null) : chosen()),
    write(value) {
      const wanted = one ? [value] : Array.isArray(value) ? value : [];
      for (const input of inputs) input.checked = wanted.includes(input.value);
    },
    empty: () => (chosen().length ? "" : one ? "Choose an answer first." : "Choose at least one answer first."),
    focus: () => (inputs.find((input) => input.checked) ?? inputs[0]).focus(),
  };
}

function sorting(spec, form) {
  const slots = {};
  const selects = {};
  const rows = spec.items.map((item) => {
    const id = uid();
    const select = h(
      "select",
      { id, class: "pk-select", onchange: () => form.changed() },
      h("option", { value: "" }, "Choose…"),
      ...spec.categories.map((category) => h("option", { value: category.id }, category.text)),
    );
    selects[item.id] = select;
    slots[item.id] = reasonSlot(select);
    return h(
      "div",
      { class: "pk-item" },
      h("label", { for: id, class: "pk-item-text" }, item.text),
      select,
      slots[item.id].node,
    );
  });
  return {
    node: h("div", { class: "pk-items" }, ...rows),
    slots,
    read: () =>
      Object.fromEntries(
        Object.entries(selects)
          .filter(([, select]) => select.value)
          .map(([id, select]) => [id, select.value]),
      ),
    write(value) {
      for (const [id, select] of Object.entries(selects)) {
        select.value = value?.[id] ?? "";
        if (select.selectedIndex < 0) select.value = "";
      }
    },
    empty: () => (Object.values(selects).some((select) => select.value) ? "" : "Choose at least one answer first."),
    focus: () => firstOpen(Object.values(selects), (select) => !select.value).focus(),
  };
}

function ordering(spec, form) {
  const slots = {};
  const list = h("ol", { class: "pk-order" });
  const text = (id) => spec.items.find((item) => item.id === id).text;
  const order = () => [...list.children].map((row) => row.dataset.item);
  let answered = false;

  function edges() {
    const last = list.children.length - 1;
    [...list.children].forEach((row, index) => {
      const [up, down] = row.querySelectorAll("button");
      up.setAttribute("aria-disabled", String(index === 0));
      down.setAttribute("aria-disabled", String(index === last));
    });
  }

  // The neighbour is moved, not the row itself, so that the button pressed keeps the focus.
  function move(row, step) {
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    const place = () => [...list.children].indexOf(row) + 1;
    const name = `“${text(row.dataset.item)}”`;
    if (!other) {
      form.say(`${name} is already ${step < 0 ? "first" : "last"}.`);
      return;
    }
    if (step < 0) row.after(other);
    else row.before(other);
    edges();
    form.changed();
    form.say(`${name} is now ${place()} of ${list.children.length}.`);
  }

  const rows = Object.fromEntries(
    spec.items.map((item) => {
      const button = (words, step) =>
        h(
          "button",
          {
            type: "button",
            class: "pk-button pk-move",
            "aria-label": `${words}: ${item.text}`,
            onclick: (event) => move(event.currentTarget.closest("li"), step),
          },
          h("span", { class: "pk-arrow", "aria-hidden": "true" }, step < 0 ? "↑" : "↓"),
          words,
        );
      const buttons = [button("Move up", -1), button("Move down", 1)];
      slots[item.id] = reasonSlot(...buttons);
      return [
        item.id,
        h(
          "li",
          { "data-item": item.id },
          h(
            "div",
            { class: "pk-order-row" },
            h("span", { class: "pk-order-text" }, item.text),
            h("span", { class: "pk-order-buttons" }, ...buttons),
          ),
          slots[item.id].node,
        ),
      ];
    }),
  );
  list.append(...Object.values(rows));
  edges();

  // Where there is no button to check with, an order that is right from the start can be kept too.
  const keep = h("button", { type: "button", class: "pk-button", onclick: () => form.changed() }, "Keep this order");
  keep.hidden = true;
  return {
    node: h("div", {}, list, spec.checks ? null : keep),
    slots,
    read: order,
    write(value) {
      answered = Array.isArray(value);
      keep.hidden = answered;
      const wanted = answered ? value : spec.items.map((item) => item.id);
      if (same(wanted, order())) return;
      const active = list.ownerDocument.activeElement;
      list.replaceChildren(...wanted.filter((id) => rows[id]).map((id) => rows[id]));
      edges();
      if (list.contains(active)) active.focus();
    },
    saved: () => {
      if (list.ownerDocument.activeElement === keep) list.querySelector("button").focus();
      keep.hidden = true;
    },
    empty: () => "",
    focus: () => list.querySelector("button").focus(),
  };
}

function rating(spec, form) {
  const { low, high, low_label, high_label } = spec.scale;
  const groups = {};
  const node = h(
    "div",
    { class: "pk-items" },
    ...spec.items.map((item) => {
      const name = uid();
      groups[item.id] = [];
      const steps = [];
      for (let step = low; step <= high; step += 1) {
        const input = h("input", { type: "radio", name, value: step, onchange: () => form.changed() });
        const end = step === low ? low_label : step === high ? high_label : "";
        groups[item.id].push(input);
        steps.push(
          h(
            "label",
            { class: "pk-step" },
            input,
            h("span", {}, String(step), end && h("span", { class: "pk-hidden" }, ` ${end}`)),
          ),
        );
      }
      return h(
        "fieldset",
        { class: "pk-item pk-rating" },
        h("legend", { class: "pk-item-text" }, item.text),
        h(
          "div",
          { class: "pk-scale" },
          h("span", { class: "pk-end", "aria-hidden": "true" }, low_label),
          h("div", { class: "pk-steps" }, ...steps),
          h("span", { class: "pk-end", "aria-hidden": "true" }, high_label),
        ),
      );
    }),
  );
  return {
    node,
    slots: {},
    read: () =>
      Object.fromEntries(
        Object.entries(groups).flatMap(([id, inputs]) => {
          const chosen = inputs.find((input) => input.checked);
          return chosen ? [[id, Number(chosen.value)]] : [];
        }),
      ),
    write(value) {
      for (const [id, inputs] of Object.entries(groups))
        for (const input of inputs) input.checked = Number(input.value) === value?.[id];
    },
    empty: () => "",
    focus: () => firstOpen(Object.values(groups), (inputs) => !inputs.some((input) => input.checked))[0].focus(),
  };
}

function numeric(spec, form) {
  const id = uid();
  const input = h("input", {
    id,
    class: "pk-text pk-number",
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    maxlength: 40,
    oninput: () => form.typed(),
    onblur: () => form.flush(),
  });
  const slot = reasonSlot(input);
  const unit = spec.unit && h("span", { class: "pk-unit", "aria-hidden": "true" }, spec.unit);
  const before = ["£", "$", "€"].includes(spec.unit);
  return {
    node: h(
      "div",
      { class: "pk-items" },
      h(
        "div",
        { class: "pk-item" },
        h("label", { for: id, class: "pk-item-text" }, "Your answer", spec.unit && h("span", { class: "pk-hidden" }, ` in ${spec.unit}`)),
        h("div", { class: "pk-number-row" }, before ? unit : null, input, before ? null : unit),
        slot.node,
      ),
    ),
    slots: { number: slot },
    read: () => input.value,
    write: (value) => fill(input, value ?? ""),
    empty: () => (input.value.trim() ? "" : "Write a number first."),
    focus: () => input.focus(),
  };
}

function reflection(spec, form) {
  const [id, prompts, tally] = [uid(), uid(), uid()];
  let said = 0;
  let pause = null;
  const aim = spec.aim_words;
  const shown = h("p", { class: "pk-count", id: tally });
  function recount(aloud) {
    const many = words(area.value);
    const aiming = aim ? ` Aim for about ${aim}.` : "";
    shown.textContent = `${many} ${many === 1 ? "word" : "words"}.${aiming}`;
    // Spoken at every hundred words and where the aim is reached, in a pause, not at every word.
    const reached = Math.floor(many / 100) + (aim && many >= aim ? 0.5 : 0);
    clearTimeout(pause);
    if (!aloud || reached < said) said = reached;
    else if (reached > said)
      pause = setTimeout(() => {
        said = reached;
        form.say(`${many} words.`);
      }, TYPING_MS);
  }
  const area = h("textarea", {
    id,
    class: "pk-text pk-area",
    rows: 8,
    spellcheck: "true",
    "aria-describedby": [spec.prompts.length ? prompts : "", tally].filter(Boolean).join(" "),
    oninput: () => {
      recount(true);
      form.typed();
    },
    onblur: () => form.flush(),
  });
  recount(false);
  return {
    node: h(
      "div",
      { class: "pk-items" },
      spec.prompts.length
        ? h("ul", { class: "pk-prompts", id: prompts }, ...spec.prompts.map((prompt) => h("li", {}, prompt)))
        : null,
      h("div", { class: "pk-item" }, h("label", { for: id, class: "pk-item-text" }, "Your reflection"), area, shown),
    ),
    slots: {},
    read: () => area.value,
    write(value) {
      fill(area, value ?? "");
      recount(false);
    },
    empty: () => "",
    focus: () => area.focus(),
  };
}

function planning(spec, form) {
  const list = h("div", { class: "pk-rows" });
  const single = spec.max_rows === 1;
  let removed = null;
  const add = h("button", { type: "button", class: "pk-button", onclick: () => addRow() }, "Add a step");
  const undo = h("button", { type: "button", class: "pk-button", onclick: () => bringBack() });
  undo.hidden = true;
  const full = h("p", { class: "pk-help", id: uid() }, `There is room for ${spec.max_rows} steps.`);

  const rows = () => [...list.children];
  const fields = (row) => [...row.querySelectorAll("[data-field]")];
  const data = (row) => Object.fromEntries(fields(row).map((field) => [field.dataset.field, field.value]));

  function number() {
    rows().forEach((row, index) => {
      row.querySelector("legend").textContent = single ? "Your answer" : `Step ${index + 1}`;
      const button = row.querySelector("button");
      if (button) button.textContent = `Remove step ${index + 1}`;
    });
    const atMost = rows().length >= spec.max_rows;
    add.setAttribute("aria-disabled", String(atMost));
    if (atMost) add.setAttribute("aria-describedby", full.id);
    else add.removeAttribute("aria-describedby");
    full.hidden = !atMost || single;
  }

  function row(values = {}) {
    const node = h(
      "fieldset",
      { class: "pk-row" },
      h("legend", { class: "pk-row-name" }),
      ...spec.fields.map((field) => {
        const [id, help] = [uid(), uid()];
        const common = {
          id,
          class: "pk-text",
          "data-field": field.id,
          "aria-describedby": field.help ? help : null,
          oninput: () => form.typed(),
          onblur: () => form.flush(),
        };
        const control =
          field.type === "date"
            ? h("input", { ...common, type: "date", max: "2999-12-31" })
            : h("textarea", { ...common, rows: 2, maxlength: 2000 });
        control.value = values[field.id] ?? "";
        return h(
          "div",
          { class: `pk-field pk-field-${field.type}` },
          h("label", { for: id, class: "pk-label" }, field.label),
          field.help ? h("span", { class: "pk-help", id: help }, field.help) : null,
          control,
        );
      }),
      single ? "" : h("button", { type: "button", class: "pk-button pk-remove", onclick: () => remove(node) }),
    );
    return node;
  }

  function addRow() {
    if (rows().length >= spec.max_rows) {
      form.say(full.textContent);
      return;
    }
    const node = row();
    list.append(node);
    number();
    fields(node)[0].focus();
    form.changed();
    form.say(`Step ${rows().length} added.`);
  }

  function remove(node) {
    const index = rows().indexOf(node);
    removed = { index, values: data(node) };
    node.remove();
    if (!rows().length) list.append(row());
    number();
    undo.textContent = `Bring back step ${index + 1}`;
    undo.hidden = false;
    undo.focus();
    form.changed();
    form.say(`Step ${index + 1} removed.`);
  }

  function bringBack() {
    const only = rows().length === 1 && Object.values(data(rows()[0])).every((text) => !text);
    if (only) rows()[0].remove();
    if (rows().length >= spec.max_rows) {
      form.say(full.textContent);
      return;
    }
    const node = row(removed.values);
    list.insertBefore(node, rows()[removed.index] ?? null);
    number();
    undo.hidden = true;
    fields(node)[0].focus();
    form.changed();
    form.say(`Step ${removed.index + 1} is back.`);
  }

  return {
    node: h("div", { class: "pk-items" }, list, single ? "" : h("div", { class: "pk-buttons" }, add, undo), full),
    slots: {},
    read: () => rows().map(data),
    write(value) {
      const wanted = Array.isArray(value) && value.length ? value : [{}];
      while (rows().length > wanted.length) list.lastElementChild.remove();
      wanted.forEach((values, index) => {
        if (rows()[index]) for (const field of fields(rows()[index])) fill(field, values[field.dataset.field] ?? "");
        else list.append(row(values));
      });
      number();
    },
    empty: () => "",
    focus: () => fields(rows()[0])[0].focus(),
  };
}

const KINDS = {
  choose_one: (spec, form) => choices(spec, form, "radio"),
  choose_several: (spec, form) => choices(spec, form, "checkbox"),
  classify: sorting,
  match: sorting,
  order: ordering,
  rate: rating,
  number: numeric,
  reflect: reflection,
  plan: planning,
};

// --- what could identify a person: advice beside the text, never in the way of it -----------------

function advice(group) {
  const node = h("div", { class: "pk-personal", hidden: true });
  let shown = null;

  // Selects the words where they stand, so that they can be written over.
  function go(text) {
    for (const field of group.querySelectorAll("textarea, input[type=text]")) {
      const at = field.value.indexOf(text);
      if (at < 0) continue;
      field.focus();
      field.setSelectionRange(at, at + text.length);
      return;
    }
  }

  const row = (one) =>
    h(
      "li",
      {},
      h("span", { class: "pk-spot" }, "“…", one.before, h("mark", {}, one.text), one.after, "…”"),
      h("span", { class: "pk-instead" }, `This looks like ${one.kind}. You could ${one.instead}.`),
      h("button", { type: "button", class: "pk-button", "aria-label": `Go to it: ${one.text}`, onclick: () => go(one.text) }, "Go to it"),
    );

  return {
    node,
    // Returns the words to say aloud: none where they were said before.
    show(data) {
      if (same(data, shown)) return "";
      const before = shown?.words;
      shown = data ?? null;
      node.hidden = !data;
      node.replaceChildren();
      if (!data) return "";
      node.append(h("p", {}, data.words), h("ul", {}, ...data.found.map(row)));
      return data.words === before ? "" : data.words;
    },
  };
}

// --- what every form has: a frame, what it says, and the keys it keeps to itself ------------------

function frame(el, label) {
  const saved = h("span", { class: "pk-saved" });
  const spoken = h("span", { class: "pk-hidden" });
  const status = h("p", { class: "pk-status", role: "status", "aria-atomic": "false" }, saved, spoken);
  // What is known on opening stands outside the live region: nobody did anything yet.
  const opening = h("p", { class: "pk-opening" });
  let live = false;
  const busy = h("p", { class: "pk-busy", "aria-hidden": "true", hidden: true }, "Saving…");
  const notice = h("p", { class: "pk-notice", hidden: true });
  const alert = h("div", { class: "pk-alerts", role: "alert" });
  const root = h("div", { class: "pk-form", lang: LANG });
  if (label) root.append(h("p", { class: "pk-tag" }, label));
  // JupyterLab takes plain keys (arrows, letters, Enter) for its own commands: they stay here.
  root.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey || event.altKey;
    if (!command || event.key === "Enter") event.stopPropagation();
  });
  el.replaceChildren(root);
  let turn = 0;
  return {
    root,
    status: h("div", { class: "pk-state" }, busy, opening, status),
    notice,
    alert,
    busy(on) {
      busy.hidden = !on; // for the eye only: the end of saving is what is announced
      saved.hidden = opening.hidden = on;
    },
    live() {
      live = true;
    },
    // What was said of an earlier answer must not be read beside a later one.
    hush() {
      turn += 1;
      spoken.textContent = "";
    },
    say(text) {
      // Cleared first, so that the same words are spoken again.
      spoken.textContent = "";
      const mine = (turn += 1);
      setTimeout(() => turn === mine && (spoken.textContent = ` ${text}`), 60);
    },
    saved(text, anew = false) {
      this.busy(false);
      if (!live) {
        opening.textContent = text;
        return;
      }
      if ((opening.textContent || saved.textContent) === text && !anew) return;
      opening.textContent = "";
      saved.replaceChildren(text); // a new text node is announced even where the words are the same
    },
    note(text, aloud) {
      const before = notice.textContent;
      notice.textContent = text ?? "";
      notice.hidden = !text;
      if (text && aloud && text !== before) this.say(text);
    },
    warn(text, button) {
      const shown = alert.querySelector("p")?.textContent ?? "";
      if (!text) alert.replaceChildren();
      else if (shown !== text) alert.replaceChildren(h("div", { class: "pk-alert" }, shape("wrong"), h("p", {}, text), button));
    },
  };
}

// --- a question -----------------------------------------------------------------------------------

function renderQuestion({ model, el }) {
  const spec = model.get("spec");
  const view = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 10)}`;
  const kept = drafts(spec.store, spec.id);
  const page = frame(el, spec.graded ? "For marking" : spec.checks ? "Practice" : "For you");
  Object.assign(page.root.dataset, { question: spec.id, store: spec.store });
  let seq = 0;
  let seen = 0; // how often this answer had been saved when this view last looked
  let pending = null; // the newest change that Python has not confirmed
  let typing = null;
  let waiting = null;
  let queue = [];
  let shownFeedback = null;
  let readOnly = false;
  let restored = false;

  const form = {
    say: page.say,
    changed: () => note(true),
    typed: () => note(false),
    flush: () => typing && send(),
  };
  const kind = KINDS[spec.kind](spec, form);

  const help = spec.help && h("p", { class: "pk-help", id: uid() }, spec.help);
  const group = h(
    "fieldset",
    { class: "pk-group", "aria-describedby": help ? help.id : null },
    h("legend", { class: "pk-prompt" }, spec.prompt),
    help,
    kind.node,
  );
  const check = !spec.checks ? "" : h("button", { type: "button", class: "pk-button pk-main", onclick: onCheck }, "Check my answer");
  const feedback = h("div", { class: "pk-feedback", hidden: true });
  const personal = advice(group);
  page.root.append(group, personal.node, page.notice, page.alert, h("div", { class: "pk-foot" }, check, page.status), feedback);

  // A change is written to the browser's storage at once and sent now, or when typing pauses.
  function note(now, checking = false) {
    if (readOnly) return;
    seq = Math.max(seq + 1, Date.now());
    pending = { view, seq, value: kind.read(), seen, check: checking };
    pending.stored = kept.put(pending);
    clearTimeout(typing);
    typing = null;
    if (now) send();
    else typing = setTimeout(send, TYPING_MS);
    pending.discrete = now;
    page.hush();
    if (!checking) showFeedback(null);
    page.busy(true);
  }

  function transmit(draft) {
    const { view: from, seq: number, value, seen: base, check: checking } = draft;
    try {
      model.set("answer", { view: from, seq: number, value, seen: base, check: checking });
      model.save_changes();
    } catch (error) {
      console.error(error); // nobody listens: the clock below tells the learner
    }
  }

  function send() {
    clearTimeout(typing);
    typing = null;
    if (!pending) return;
    transmit(pending);
    waiting ??= setTimeout(unheard, ACK_MS);
  }

  function unheard() {
    waiting = null;
    if (!pending) return;
    const safe = pending.stored ? "Your words are kept in this browser." : "Please copy your words to a safe place first.";
    page.saved("");
    page.note(""); // of an earlier answer
    page.warn(`Not saved yet. ${safe} ${spec.again}`, again());
  }

  const again = () =>
    h("button", { type: "button", class: "pk-button", onclick: () => note(true, pending?.check) }, "Try to save again");

  function onCheck() {
    const lacking = kind.empty();
    if (lacking) {
      page.saved(lacking);
      page.say("");
      kind.focus();
      return;
    }
    note(true, true);
  }

  function onReply() {
    const reply = model.get("reply");
    if (reply.ok) kept.drop(reply.view, reply.seq);
    if (queue.length && reply.view === queue[0].view && reply.seq === queue[0].seq) {
      queue.shift();
      restoreNext();
      return;
    }
    if (!pending) {
      if (!same(kind.read(), reply.value)) page.hush(); // another view's
      if (reply.ok || reply.read_only) show(reply, false);
    } else if (reply.view === view) {
      if (reply.ok) seen = pending.seen = reply.saves;
      if (reply.seq >= pending.seq) settle(reply);
    } // else: another window saved while somebody is typing here; the next save tells Python
  }

  function settle(reply) {
    clearTimeout(waiting);
    waiting = null;
    if (!reply.ok) {
      page.saved("Not saved.");
      page.note("");
      page.warn(reply.notice, again());
      return;
    }
    const { check: checked, discrete } = pending;
    pending = null;
    kind.saved?.();
    show(reply, true, discrete);
    if (checked && reply.feedback) page.say(reply.feedback.say);
    restored = false;
  }

  function show(reply, mine, anew = false) {
    seen = reply.saves;
    if (!mine) kind.write(reply.value);
    page.warn(reply.read_only ? reply.notice : "");
    const found = restored ? "An answer that had not been saved was kept in this browser. It is back, and saved now." : "";
    const notice = [found, reply.ok ? reply.notice : ""].filter(Boolean).join(" ");
    page.note(notice, mine);
    const advised = personal.show(reply.personal);
    if (advised && mine) page.say(`${notice} ${advised}`);
    if (reply.saves > 0) {
      const open = reply.missing && spec.items.length ? ` ${reply.missing} still to answer.` : "";
      const later = spec.graded ? " This is marked after you hand in." : "";
      page.saved(`Saved ${when(reply.at)}.${open}${later}`, anew);
    } else page.saved(reply.read_only ? "" : "Not answered yet.");
    showFeedback(reply.feedback);
    readOnly = Boolean(reply.read_only);
    group.disabled = readOnly;
    if (check) check.disabled = readOnly;
  }

  function showFeedback(data) {
    if (same(data, shownFeedback)) return;
    shownFeedback = data ?? null;
    for (const [id, slot] of Object.entries(kind.slots)) slot.show(data?.given?.[id]);
    feedback.hidden = !data?.words;
    feedback.replaceChildren();
    if (feedback.hidden) return;
    feedback.dataset.verdict = data.verdict;
    feedback.append(
      h("div", { class: "pk-verdict" }, shape(data.verdict), h("p", {}, h("strong", {}, data.words), " ", data.summary)),
    );
    if (data.all?.length)
      feedback.append(
        h(
          "details",
          { class: "pk-details" },
          h("summary", {}, "All the reasons"),
          h(
            "ul",
            { class: "pk-all" },
            ...data.all.map((one) =>
              h(
                "li",
                {},
                h("span", { class: "pk-all-text" }, one.text),
                h("span", { class: "pk-all-words" }, one.words),
                h("span", { class: "pk-all-reason" }, one.reason),
              ),
            ),
          ),
        ),
      );
  }

  // Unsaved answers of windows that are gone: the older ones are sent first, under their own names,
  // so that Python keeps each; the newest is shown and becomes this view's own. Where the saved
  // answer is newer than all of them, it is sent last, and so stays the latest.
  function restore() {
    const now = model.get("reply");
    if (readOnly) return;
    for (const draft of kept.all()) {
      if (same(draft.value, now.value)) kept.drop(draft.view);
      else if (fits(draft.value)) queue.push(draft);
    }
    const newest = queue.at(-1)?.seq ?? Infinity;
    if (now.at && newest < Date.parse(now.at))
      queue.push({ view, seq: Date.now(), value: now.value, seen: now.saves, saved: true });
    restoreNext();
  }

  // Whether the form can show a kept answer: the question may have changed since.
  function fits(value) {
    try {
      kind.write(value);
      return same(kind.read(), value);
    } catch {
      return false;
    } finally {
      kind.write(model.get("reply").value);
    }
  }

  function restoreNext() {
    if (queue.length > 1) {
      transmit({ ...queue[0], check: false });
      return;
    }
    const draft = queue.shift();
    if (!draft) return;
    kind.write(draft.value);
    seq = Math.max(seq + 1, Date.now());
    pending = { ...draft, view, seq, check: false };
    pending.stored = kept.put(pending);
    if (draft.view !== view) kept.drop(draft.view);
    restored = !draft.saved;
    if (restored) page.note("An answer that had not been saved was kept in this browser. It is back on the page.", true);
    showFeedback(null);
    page.busy(true);
    send();
  }

  const flush = () => typing && send();
  const hidden = () => document.visibilityState === "hidden" && flush();
  // What the browser keeps comes back by itself; only what it refused to keep would be lost.
  const warnOfLoss = (event) => pending && !pending.stored && event.preventDefault();
  document.addEventListener("visibilitychange", hidden);
  window.addEventListener("pagehide", flush);
  window.addEventListener("beforeunload", warnOfLoss);
  model.on("change:reply", onReply);
  page.root.addEventListener(GO, () => kind.focus());
  show(model.get("reply"), false);
  page.live();
  restore();
  document.dispatchEvent(new Event(DRAWN));
  return () => {
    flush();
    clearTimeout(waiting);
    model.off("change:reply", onReply);
    document.removeEventListener("visibilitychange", hidden);
    window.removeEventListener("pagehide", flush);
    window.removeEventListener("beforeunload", warnOfLoss);
  };
}

// --- handing in -----------------------------------------------------------------------------------

function renderHandIn({ model, el }) {
  const spec = model.get("spec");
  const page = frame(el, "Hand in");
  let seq = 0;
  let asked = null;
  let waiting = null;
  let link = null;

  const [name, hint] = [uid(), uid()];
  const input = h("input", {
    id: name,
    class: "pk-text",
    type: "text",
    autocomplete: "off",
    spellcheck: "false",
    maxlength: 80,
    "aria-describedby": hint,
    onkeydown: (event) => event.key === "Enter" && ask("make"),
  });
  const todo = h("div", { class: "pk-todo" });
  const result = h("div", { class: "pk-result", hidden: true });
  page.root.append(
    h("p", { class: "pk-prompt" }, spec.title),
    todo,
    h(
      "div",
      { class: "pk-rules" },
      h("p", { class: "pk-item-text" }, "Before you hand in"),
      h("ul", {}, ...spec.rules.map((rule) => h("li", {}, rule))),
    ),
    h(
      "div",
      { class: "pk-item" },
      h("label", { for: name, class: "pk-item-text" }, "Your learner name or number"),
      h(
        "span",
        { class: "pk-help", id: hint },
        "As your tutor gave it to you. No tutor yet? Use any name that you will remember.",
      ),
      input,
    ),
    page.notice,
    page.alert,
    h(
      "div",
      { class: "pk-foot" },
      h("button", { type: "button", class: "pk-button pk-main", onclick: () => ask("make") }, "Make my hand-in file"),
      h("button", { type: "button", class: "pk-button", onclick: () => ask("refresh") }, "Look again"),
      page.status,
    ),
    result,
  );

  function ask(what) {
    if (what === "make" && !input.value.trim()) {
      page.warn("Please write your learner name or number first.");
      input.setAttribute("aria-invalid", "true");
      input.focus();
      return;
    }
    input.removeAttribute("aria-invalid");
    seq = Math.max(seq + 1, Date.now());
    asked = { seq, do: what };
    page.hush();
    page.saved(""); // so that the same words are news again
    page.busy(true);
    try {
      model.set("answer", { ...asked, learner: input.value });
      model.save_changes();
    } catch (error) {
      console.error(error);
    }
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      page.saved("");
      page.warn(`The course is not responding, so no file was made. Your saved answers are safe. ${spec.again}`);
    }, ACK_MS);
  }

  function onReply() {
    const reply = model.get("reply");
    const mine = asked && reply.seq === asked.seq;
    if (mine) clearTimeout(waiting);
    if (reply.learner && !input.value && document.activeElement !== input) input.value = reply.learner;
    showTodo(reply);
    if (reply.seq === 0 || mine) {
      page.warn(reply.ok ? "" : reply.notice);
      const late = mine && asked.do === "make" && unsaved();
      const warning = late ? "A change to one of your answers is not saved yet, so it may not be in the file. Look at the answers, then make the file again." : "";
      page.note([reply.ok ? reply.notice : "", warning].filter(Boolean).join(" "), mine);
    }
    if (mine) {
      const made = asked.do === "make";
      asked = null;
      page.saved(!reply.ok ? "No file was made." : made ? "Your hand-in file is ready." : summary(reply));
    }
    showFile(reply.file);
  }

  // Answers of this assignment that this browser still keeps because Python has not saved them.
  function unsaved() {
    try {
      return Object.keys(localStorage).some((key) => key.startsWith(`place-kit:${spec.store}:`));
    } catch {
      return false;
    }
  }

  const summary = (reply) =>
    reply.missing.length ? `${reply.missing.length} still to answer.` : "Everything is answered.";

  // The form of a question of this assignment, where it is on this page too.
  const formOf = (id) =>
    [...document.querySelectorAll(".pk-form[data-question]")].find(
      ({ dataset, isConnected }) => isConnected && dataset.question === id && dataset.store === spec.store,
    );

  function go(id) {
    const form = formOf(id);
    form?.scrollIntoView({ block: "start" });
    form?.dispatchEvent(new Event(GO));
  }

  function showTodo(reply) {
    const here = reply.missing.map((one) => Boolean(formOf(one.id)));
    const key = JSON.stringify([reply.missing, here]);
    if (todo.dataset.key === key) return;
    todo.dataset.key = key;
    todo.replaceChildren(
      h(
        "p",
        { class: "pk-todo-line", "data-verdict": reply.missing.length ? "partly" : "right" },
        shape(reply.missing.length ? "open" : "right"),
        h("span", {}, reply.missing.length ? "Still to answer. You can hand in without these; each counts as not answered." : "Everything is answered."),
      ),
    );
    if (reply.missing.length)
      todo.append(
        h(
          "ul",
          {},
          ...reply.missing.map((one, index) =>
            h(
              "li",
              {},
              here[index] ? h("button", { type: "button", class: "pk-go", onclick: () => go(one.id) }, one.text) : one.text,
              one.parts ? h("span", { class: "pk-parts" }, ` (${one.parts})`) : null,
            ),
          ),
        ),
      );
  }

  function showFile(file) {
    const key = `${file?.name} ${file?.count} ${file?.stale}`;
    if (!file || result.dataset.key === key) return;
    result.dataset.key = key;
    if (link) URL.revokeObjectURL(link);
    link = URL.createObjectURL(new Blob([file.content], { type: "application/json" }));
    result.hidden = false;
    result.replaceChildren(
      h(
        "div",
        { class: "pk-verdict" },
        shape(file.stale ? "open" : "right"),
        h(
          "p",
          {},
          h("strong", {}, `Your file was made ${when(file.made)}.`),
          " ",
          file.stale ? "You have changed an answer since. Make it again to hand in the change." : file.again,
        ),
      ),
      h("p", {}, h("a", { href: link, download: file.name, class: "pk-link" }, `Download ${file.name}`)),
      file.path ? h("p", {}, "It is also on this computer, as ", h("code", {}, file.path)) : "",
      h("p", {}, "Attach this one file to an e-mail to your tutor, or upload it where your tutor asked you to. It holds your answers, when you last changed each one, and your learner name. Nothing else."),
      h("p", {}, "If you change an answer later, make the file again and send the new one."),
    );
    result.dataset.verdict = file.stale ? "partly" : "right";
  }

  // Forms may be drawn before or after this one: the list is looked at again when they are.
  let drawing = null;
  const onDrawn = () => {
    clearTimeout(drawing);
    drawing = setTimeout(() => showTodo(model.get("reply")), 200);
  };
  document.addEventListener(DRAWN, onDrawn);
  model.on("change:reply", onReply);
  onReply();
  page.live();
  onDrawn();
  return () => {
    clearTimeout(waiting);
    clearTimeout(drawing);
    document.removeEventListener(DRAWN, onDrawn);
    if (link) URL.revokeObjectURL(link);
    model.off("change:reply", onReply);
  };
}

// --- a learner's own data ---------------------------------------------------------------------------

// Sends what the page wants and hears the reply to it; `shown` is given every reply that is ours.
function asking(model, page, shown) {
  let seq = 0;
  let asked = null;
  let waiting = null;
  function ask(what) {
    seq = Math.max(seq + 1, Date.now());
    asked = { seq, ...what };
    page.hush();
    page.saved("");
    page.warn("");
    page.busy(true);
    try {
      model.set("answer", asked);
      model.save_changes();
    } catch (error) {
      console.error(error);
    }
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      page.saved("");
      page.warn(`The course is not responding, so nothing was done. ${model.get("spec").again}`);
    }, 5 * ACK_MS); // a large folder takes a while
  }
  function onReply() {
    const reply = model.get("reply");
    if (!asked || reply.seq !== asked.seq) return;
    clearTimeout(waiting);
    asked = null;
    page.warn(reply.ok ? "" : reply.notice);
    page.note(reply.ok ? reply.notice : "");
    page.saved(reply.said ?? "", true);
    shown(reply);
  }
  model.on("change:reply", onReply);
  const stop = () => {
    clearTimeout(waiting);
    model.off("change:reply", onReply);
  };
  return { ask, stop };
}

const button = (words, onclick, main = false) =>
  h("button", { type: "button", class: `pk-button${main ? " pk-main" : ""}`, onclick }, words);

function renderMove({ model, el }) {
  const spec = model.get("spec");
  const page = frame(el, "Move your work");
  const result = h("div", { class: "pk-result", hidden: true });
  const { ask, stop } = asking(model, page, show);
  const [id, hint] = [uid(), uid()];
  const input = h("input", { id, type: "file", class: "pk-text", accept: ".zip", "aria-describedby": hint });
  let link = null;

  page.root.append(
    h("p", { class: "pk-prompt" }, "Put all your work into one file"),
    h("p", { class: "pk-help" }, "It holds your answers, earlier versions, hand-ins and the name you go by. Nothing leaves this computer until you carry the file away."),
    h("div", { class: "pk-foot" }, button("Make the file", () => ask({ do: "export" }), true)),
    h(
      "div",
      { class: "pk-item pk-apart" },
      h("label", { for: id, class: "pk-prompt" }, "Bring in the file of another computer"),
      h("span", { class: "pk-help", id: hint }, "Where both have an answer, the later one is shown and the other is kept. Nothing is lost."),
      input,
    ),
    h("div", { class: "pk-foot" }, button("Bring it in", bringIn)),
    page.notice,
    page.alert,
    h("div", { class: "pk-foot" }, page.status),
    result,
  );

  function bringIn() {
    const [file] = input.files;
    input.removeAttribute("aria-invalid");
    if (!file || file.size > spec.most) {
      page.warn(file ? spec.too_large : "Choose the file first.");
      input.setAttribute("aria-invalid", "true");
      input.focus();
      return;
    }
    const reader = new FileReader();
    reader.onload = () => ask({ do: "import", content: reader.result.split(",")[1] ?? "" });
    reader.onerror = () => page.warn("That file could not be read. Please choose it once more.");
    reader.readAsDataURL(file);
  }

  function show(reply) {
    result.hidden = !(reply.file || reply.rows);
    result.replaceChildren();
    if (link) URL.revokeObjectURL(link);
    link = null;
    if (reply.file) {
      const bytes = Uint8Array.from(atob(reply.file.content), (sign) => sign.charCodeAt(0));
      link = URL.createObjectURL(new Blob([bytes], { type: "application/zip" }));
      const a = h("a", { href: link, download: reply.file.name, class: "pk-link" }, `Download ${reply.file.name}`);
      result.append(h("p", {}, a), h("p", {}, "Keep it safe: whoever has it can read what you wrote."));
    }
    if (reply.rows) {
      const head = h("tr", {}, ...reply.headings.map((one) => h("th", { scope: "col" }, one)));
      const row = ([name, ...cells]) => h("tr", {}, h("th", { scope: "row" }, name), ...cells.map((cell) => h("td", {}, cell)));
      const table = h("table", { class: "pk-table" }, h("caption", {}, "What was brought in"), h("thead", {}, head), h("tbody", {}, ...reply.rows.map(row)));
      result.append(
        h("div", { class: "pk-wide", tabindex: 0, role: "group", "aria-label": "What was brought in" }, table),
        h("p", {}, "Reload the other pages of the course to see it there."),
      );
    }
  }
  page.live();
  return () => {
    stop();
    if (link) URL.revokeObjectURL(link);
  };
}

function renderForget({ model, el }) {
  const { confirm, where } = model.get("spec");
  const page = frame(el, "Delete for good");
  const choices = h("fieldset", { class: "pk-group" });
  const second = h("div", { class: "pk-confirm", hidden: true });
  const result = h("div", { class: "pk-result", hidden: true });
  const name = uid();
  const { ask, stop } = asking(model, page, (reply) => {
    if (reply.texts) list(reply);
    confirming(reply.asked);
    if (reply.done) finished(reply.done);
  });
  const next = button("Delete this…", () => {
    result.hidden = true;
    ask({ do: "ask", ...chosen() });
  }, true);
  const again = button("Look again", () => ask({ do: "look" }));
  page.root.append(choices, h("div", { class: "pk-foot" }, next, again), page.notice, page.alert, second, h("div", { class: "pk-foot" }, page.status), result);

  function chosen() {
    const input = choices.querySelector("input:checked");
    return input ? { kind: input.dataset.kind, of: input.value } : {};
  }

  function list({ texts, sets }) {
    const one = (kind, value, ...words) =>
      h("div", { class: "pk-option" }, h("label", { class: "pk-choice" }, h("input", { type: "radio", name, value, "data-kind": kind }), h("span", {}, ...words)));
    const part = (title, options) => options.length && h("div", { class: "pk-part", role: "group", "aria-label": title }, h("p", { class: "pk-item-text" }, title), ...options);
    choices.replaceChildren(
      h("legend", { class: "pk-prompt" }, "What is to be deleted?"),
      ...[
        part("One text", texts.map(({ id, where, at, first, versions }, index) =>
          one("text", id, h("strong", {}, `${index + 1}. ${where}`), `, ${day(at)}: “${first}”`, versions > 1 ? ` (${versions} versions)` : ""))),
        part("All answers of one part", sets.map((set) => one("set", set.id, set.name))),
        part("Everything", [one("all", "", "Everything that you made in the course")]),
      ].filter(Boolean),
    );
  }

  const day = (at) => {
    const date = new Date(at);
    return Number.isNaN(date.getTime()) ? "no date" : date.toLocaleDateString(LANG, { day: "numeric", month: "long", year: "numeric" });
  };

  function confirming(asked) {
    second.hidden = !asked;
    second.replaceChildren();
    if (!asked) return;
    const id = uid();
    const input = h("input", { id, class: "pk-text", type: "text", autocomplete: "off", spellcheck: "false", maxlength: 20, onkeydown: (event) => event.key === "Enter" && go() });
    const go = () => {
      if (input.value.trim() === confirm) ask({ do: "delete", kind: asked.kind, of: asked.of, typed: input.value });
      else {
        page.warn(`Nothing was deleted. To delete it, type ${confirm} in capitals.`);
        input.setAttribute("aria-invalid", "true");
        input.focus();
      }
    };
    const back = () => {
      confirming(null);
      page.warn("");
      page.saved("Nothing was deleted.", true);
      next.focus();
    };
    second.append(
      h("p", {}, h("strong", {}, asked.words), ` It goes with all its copies in ${where}. It cannot be undone. Close the other pages of the course first, so that none saves it again.`),
      h("div", { class: "pk-item" }, h("label", { for: id, class: "pk-item-text" }, `To go on, type ${confirm}`), input),
      h("div", { class: "pk-buttons" }, button("Delete for good", go), button("Keep it", back)),
    );
    second.dataset.kind = asked.kind;
    second.dataset.of = asked.of;
    input.focus();
  }

  // Answers that this browser keeps until Python has saved them: they go too.
  function forgetHere({ kind, of }) {
    try {
      for (const key of Object.keys(localStorage)) {
        const id = key.startsWith("place-kit:") ? key.split(":")[2] ?? "" : null;
        const set = id?.slice(0, id.lastIndexOf("."));
        if (id !== null && (kind === "all" || (kind === "set" ? set === of : id === of))) localStorage.removeItem(key);
      }
    } catch {
      // storage is switched off: then nothing is in it
    }
  }

  function finished(done) {
    forgetHere(second.dataset);
    const names = (title, all) => (all.length ? [h("p", { class: "pk-item-text" }, title), h("ul", {}, ...all.map((one) => h("li", {}, one)))] : []);
    result.hidden = false;
    result.replaceChildren(
      ...names("Please look at these yourself", done.left),
      h("details", { class: "pk-details" }, h("summary", {}, `What was done (${done.deleted.length} files deleted, ${done.changed.length} changed)`), ...names("Deleted", done.deleted), ...names("Changed", done.changed)),
      h("p", {}, "What you have handed in is also with your tutor: ask them to delete it there. If another page of the course is open, reload it."),
    );
    next.focus();
  }

  list(model.get("reply"));
  page.live();
  return stop;
}

// --- a team file ------------------------------------------------------------------------------------

function renderTeamFile({ model, el }) {
  const spec = model.get("spec");
  const page = frame(el, "Team session");
  const texts = h("div", { class: "pk-items" });
  const count = h("p", { class: "pk-help" });
  const result = h("div", { class: "pk-result", hidden: true });
  const round = uid();
  let link = null;
  const { ask, stop } = asking(model, page, () => {});
  const ticked = () => [...texts.querySelectorAll("input:checked")].map((input) => input.value);
  const chosen = () => Number(page.root.querySelector(`input[name="${round}"]:checked`).value);
  const rounds = [["1", "Round one: before the talk"], ["2", "Round two: after the talk"]].map(([value, words]) =>
    h("div", { class: "pk-option" }, h("label", { class: "pk-choice" }, h("input", { type: "radio", name: round, value, checked: value === "1", onchange: turned }), h("span", {}, words))),
  );

  // Without it, what stands from round one would pass for a second opinion.
  const again = h("div", { class: "pk-option" }, h("label", { class: "pk-choice" }, h("input", { type: "checkbox" }), h("span", {}, "I looked at the questions of round one once more: my answers to them count for round two")));

  page.root.append(
    h("p", { class: "pk-prompt" }, spec.title),
    h("div", { class: "pk-rules" }, h("p", { class: "pk-item-text" }, "Before you answer"), h("ul", {}, ...spec.limits.map((limit) => h("li", {}, limit)))),
    h("fieldset", { class: "pk-group" }, h("legend", { class: "pk-item-text" }, "Which round is it?"), ...rounds),
    again,
    texts,
    count,
    page.notice,
    page.alert,
    h(
      "div",
      { class: "pk-foot" },
      button("Make my team file", () => ask({ do: "make", round: chosen(), show: ticked(), again: again.querySelector("input").checked }), true),
      button("Look again", () => ask({ do: "look" })),
      button("This is another session: make a new code", () => ask({ do: "renew" })),
      page.status,
    ),
    result,
  );

  // A file that was made for the other round must not be handed over for this one.
  function turned() {
    result.hidden = true;
    page.saved("");
    shown();
  }

  // Each round has its own texts; what is not ticked never enters the file.
  function shown() {
    const at = chosen() - 1;
    again.hidden = at === 0;
    for (const text of texts.children) {
      text.hidden = Number(text.dataset.round) - 1 !== at;
      text.querySelector("input").disabled = text.hidden;
    }
    const { answered, of, old } = model.get("reply");
    const left = old?.[at] ? ` ${old[at]} answered in an earlier form of the question: please answer again.` : "";
    count.textContent = of ? `${answered[at]} of ${of[at]} questions of this round answered. You may pass on any.${left}` : "";
  }

  function list({ texts: all }) {
    const key = JSON.stringify(all);
    if (texts.dataset.key === key) return shown();
    texts.dataset.key = key;
    const before = ticked();
    texts.replaceChildren(
      ...(all ?? []).map((one) => {
        const id = uid();
        return h(
          "div",
          { class: "pk-option", "data-round": one.round },
          h("p", { class: "pk-item-text" }, one.prompt),
          h("blockquote", { id }, one.text),
          h("label", { class: "pk-choice" }, h("input", { type: "checkbox", value: one.id, checked: before.includes(one.id), "aria-describedby": id }), h("span", {}, `${spec.tick}: ${one.prompt}`)),
        );
      }),
    );
    shown();
  }

  function onReply() {
    const reply = model.get("reply");
    list(reply);
    if (link) URL.revokeObjectURL(link);
    link = null;
    result.hidden = !(reply.file || reply.changed);
    result.replaceChildren();
    if (reply.file) {
      link = URL.createObjectURL(new Blob([reply.file.content], { type: "application/json" }));
      result.append(
        h("p", {}, h("a", { href: link, download: reply.file.name, class: "pk-link" }, `Download ${reply.file.name}`)),
        h("p", {}, "Put this one file where your facilitator asked for it. It holds the session, the round, your code, your answers and the texts that you ticked. Nothing else."),
        h("p", {}, "Changed your mind? Make it again and hand over the new one: of two files with your code, the later counts."),
      );
    } else if (reply.changed) result.append(h("p", {}, "You have changed an answer since. Make the file again to hand over the change."));
    if (!reply.ok && reply.seq === 0) page.warn(reply.notice);
  }
  model.on("change:reply", onReply);
  onReply();
  page.live();
  return () => {
    stop();
    model.off("change:reply", onReply);
    if (link) URL.revokeObjectURL(link);
  };
}

const FORMS = { question: renderQuestion, hand_in: renderHandIn, team_file: renderTeamFile, move: renderMove, forget: renderForget };

function render(context) {
  return FORMS[context.model.get("spec").form](context);
}

export default { render };
