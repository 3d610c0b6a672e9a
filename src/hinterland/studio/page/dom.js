// Elements made from plain values: words become text and never markup.
const PROPERTIES = ["value", "checked", "disabled", "open", "hidden", "selected", "textContent"];

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (PROPERTIES.includes(key)) node[key] = value;
    else if (value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

export const by = (id) => document.getElementById(id);

export function button(id, words, onclick, more = {}) {
  return el("button", { id, type: "button", onclick, ...more }, words);
}

export function select(id, label, options, value, choose) {
  const groups = new Map();
  for (const of of options) {
    const made = el("option", { value: of.key }, of.name);
    groups.set(of.group || "", [...(groups.get(of.group || "") || []), made]);
  }
  const parts = [...groups].map(([label, all]) => (label ? el("optgroup", { label }, all) : all));
  const node = el("select", { id, onchange: () => choose(node.value) }, parts.flat());
  node.value = value;
  return el("label", { class: "choice" }, el("span", {}, label), node);
}

export function table({ head, rows, codes = [] }, caption, chosen = "") {
  const line = (row, place) => {
    const [first, ...rest] = row;
    const name = el("th", { scope: "row" }, first);
    const cells = rest.map((cell) => el("td", {}, cell));
    const code = codes[place];
    return el("tr", { "data-code": code, class: code && code === chosen && "chosen" }, name, cells);
  };
  const heads = head.map((words) => el("th", { scope: "col" }, words));
  const made = el(
    "table",
    {},
    el("caption", { class: "unseen" }, caption),
    el("thead", {}, el("tr", {}, heads)),
    el("tbody", {}, rows.map(line)),
  );
  return el("div", { class: "wide", tabindex: "0", role: "group", "aria-label": caption }, made);
}

// Put new content in place of old without losing the focus: what had it is found again by its id.
export function replace(node, ...children) {
  const focused = node.contains(document.activeElement) ? document.activeElement.id : "";
  node.replaceChildren(...children.flat().filter(Boolean));
  if (focused) by(focused)?.focus({ preventScroll: true });
}
