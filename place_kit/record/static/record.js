// The files of a record: what is still missing, and a button for each format. Python sends `spec`
// and `reply`, and a file's bytes as `content`; the page sends `asked`. All words go in as text.

const ACK_MS = 20000; // a PDF of many pages takes a moment; after this long, say that nothing came
const LANG = "en-GB";
const SILENT = "The course is not responding, so no file was made. Your answers are safe.";

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

function render({ model, el }) {
  const spec = model.get("spec");
  let seq = 0;
  let waiting = null;
  let link = null;

  // Two such forms are on one page: their buttons have one name, and say which file they make.
  const title = `pk-${Math.random().toString(36).slice(2)}`;
  const missing = h("div", { class: "pk-todo" });
  const status = h("p", { class: "pk-status", role: "status" });
  const notice = h("p", { class: "pk-notice", hidden: true });
  const alert = h("div", { class: "pk-alerts", role: "alert" });
  const result = h("div", { class: "pk-result", hidden: true });
  const buttons = spec.formats.map((format) =>
    h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: "pk-button", "aria-describedby": title, onclick: () => ask(format) },
        format.label,
      ),
      " ",
      h("span", { class: "pk-help" }, format.use),
    ),
  );
  const root = h(
    "div",
    { class: "pk-form", lang: LANG },
    h("p", { class: "pk-tag" }, "Your files"),
    h("p", { class: "pk-prompt", id: title }, spec.title),
    missing,
    h("ul", { class: "pk-formats" }, ...buttons),
    spec.lacking ? h("p", { class: "pk-help" }, spec.lacking) : "",
    notice,
    alert,
    h("div", { class: "pk-foot" }, h("div", { class: "pk-state" }, status)),
    result,
  );
  // JupyterLab takes plain keys for its own commands: they stay here.
  root.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey || event.altKey;
    if (!command || event.key === "Enter") event.stopPropagation();
  });
  el.replaceChildren(root);

  function ask(format) {
    seq = Math.max(seq + 1, Date.now());
    alert.replaceChildren();
    status.textContent = "Making the file…";
    try {
      model.set("asked", { seq, format: format.id });
      model.save_changes();
    } catch (error) {
      console.error(error);
    }
    clearTimeout(waiting);
    waiting = setTimeout(() => warn(`${SILENT} ${spec.again}`), ACK_MS);
  }

  function warn(text) {
    status.textContent = "No file was made.";
    alert.replaceChildren(
      h("div", { class: "pk-alert" }, h("div", {}, ...text.split("\n").map((line) => h("p", {}, line)))),
    );
  }

  function onReply() {
    const reply = model.get("reply");
    const mine = seq && reply.seq === seq;
    missing.replaceChildren(
      reply.missing.length
        ? h("ul", {}, ...reply.missing.map((line) => h("li", {}, line)))
        : h("p", { class: "pk-todo-line" }, "Nothing is missing."),
    );
    missing.hidden = !reply.ok && !reply.missing.length;
    notice.textContent = reply.ok ? reply.notice : "";
    notice.hidden = !notice.textContent;
    if (mine) clearTimeout(waiting);
    if (!reply.ok && (mine || !seq)) warn(reply.notice);
    if (mine && reply.ok) show(reply.file);
  }

  function show(file) {
    status.textContent = `Your file is ready: ${file.name}`;
    if (link) URL.revokeObjectURL(link);
    link = URL.createObjectURL(new Blob([model.get("content")], { type: file.mime }));
    result.hidden = false;
    result.replaceChildren(
      h("p", {}, h("a", { href: link, download: file.name, class: "pk-link" }, `Download ${file.name}`)),
      file.path ? h("p", {}, "It is also on this computer, as ", h("code", {}, file.path)) : "",
      h("p", {}, "Nothing was sent to anybody. If you change an answer later, make the file again."),
    );
  }

  model.on("change:reply", onReply);
  onReply();
  if (!seq && model.get("reply").ok) status.textContent = "";
  return () => {
    clearTimeout(waiting);
    if (link) URL.revokeObjectURL(link);
    model.off("change:reply", onReply);
  };
}

export default { render };
