// The journal: all texts, and a search box that leaves only those with the words typed. Python sends
// `page`: HTML made and escaped by the course, and the files to download.

const TYPING_MS = 400;
const LANG = "en-GB";

let count = 0;
const uid = () => `pk-journal-${Date.now().toString(36)}-${(count += 1)}`;

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

// Letters alone: “cèilidh” is found by “ceilidh”, in capitals too.
const plain = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ł", "l").replaceAll("Ł", "L").toLocaleLowerCase(LANG);

function render({ model, el }) {
  const { html, nothing, files } = model.get("page");
  const root = h("div", { class: "pk-form pk-explore pk-journal", lang: LANG });
  // JupyterLab takes plain keys (arrows, letters, Enter) for its own commands: they stay here.
  root.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey || event.altKey;
    if (!command || event.key === "Enter") event.stopPropagation();
  });
  el.replaceChildren(root);
  if (nothing) {
    root.append(h("p", { class: "pk-item-text" }, nothing));
    return;
  }

  const texts = h("div", { class: "pk-card" });
  texts.innerHTML = html;
  const all = [...texts.querySelectorAll(".pk-one")].map((node) => ({
    node,
    words: plain(`${node.textContent} ${node.closest(".pk-texts").querySelector("h2").textContent}`),
    now: plain([...node.children].filter((one) => one.tagName !== "DETAILS").map((one) => one.textContent).join(" ")),
  }));
  const parts = [...texts.querySelectorAll(".pk-texts")];

  const id = uid();
  const input = h("input", { id, class: "pk-text", type: "search", autocomplete: "off", spellcheck: "false", oninput: typed });
  const status = h("p", { class: "pk-status", role: "status" });
  let waiting = null;

  function filter() {
    const wanted = plain(input.value).split(/\s+/u).filter(Boolean);
    const has = (words) => wanted.every((word) => words.includes(word));
    let shown = 0;
    for (const one of all) {
      one.node.hidden = !has(one.words);
      shown += !one.node.hidden;
      const past = one.node.querySelector("details");
      // Where only an earlier version has the words, it is opened.
      if (past) past.open = wanted.length > 0 && !one.node.hidden && !has(one.now);
    }
    for (const part of parts) part.hidden = !part.querySelector(".pk-one:not([hidden])");
    const texts = all.length === 1 ? "text" : "texts";
    if (!wanted.length) return `All ${all.length} ${texts} shown.`;
    return shown ? `${shown} of ${all.length} ${texts} shown.` : `None of ${all.length} ${texts} has these words.`;
  }

  function typed() {
    const said = filter();
    clearTimeout(waiting);
    waiting = setTimeout(() => (status.textContent = said), TYPING_MS);
  }

  const links = files.map((file) => URL.createObjectURL(new Blob([file.content], { type: file.type })));
  root.append(
    h("div", { class: "pk-item" }, h("label", { for: id, class: "pk-item-text" }, "Search my journal"), input),
    h("div", { class: "pk-foot" }, status),
    h(
      "ul",
      { class: "pk-files" },
      ...files.map((file, index) => h("li", {}, h("a", { href: links[index], download: file.name, class: "pk-link" }, file.label))),
    ),
    h("div", { class: "pk-shown" }, texts),
  );
  status.textContent = filter();
  return () => {
    clearTimeout(waiting);
    links.forEach((link) => URL.revokeObjectURL(link));
  };
}

export default { render };
