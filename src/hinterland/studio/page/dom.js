// Elements made from plain values: words become text and never markup.
const PROPERTIES = ["value", "checked", "disabled", "open", "hidden", "textContent"];

export const by = (id) => document.getElementById(id);

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (PROPERTIES.includes(key)) node[key] = value;
    else if (value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return node;
}

export const button = (id, words, onclick, more = {}) =>
  el("button", { id, type: "button", onclick, ...more }, words);

export const fold = (title, parts, id) => parts.length > 0 &&
  el("details", { id }, el("summary", { id: id && `${id}-name` }, title), parts);

export const heading = ({ closed, id, title }) =>
  closed ? el("summary", { id: `open-${id}` }, title) : el("h2", {}, title);

// Where a choice adds something it waits for its button, since arrow keys pass through all of them.
export function select(id, label, options, value, choose, add) {
  const list = options.map((of) => el("option", { value: of.key }, of.name));
  const chosen = () => choose(node.value);
  const node = el("select", { id, onchange: add ? null : chosen }, list);
  node.value = value;
  const field = el("label", { class: "choice" }, el("span", {}, label), node);
  return [field, add && button(`${id}-add`, add, chosen)];
}

export function table({ head, rows, codes = [] }, caption, chosen = "") {
  const line = ([first, ...rest], place) => {
    const name = el("th", { scope: "row" }, first);
    const kind = codes[place] && codes[place] === chosen && "chosen";
    return el("tr", { class: kind }, name, ...rest.map((cell) => el("td", {}, cell)));
  };
  const heads = head.map((words) => el("th", { scope: "col" }, words));
  const top = [el("caption", { class: "unseen" }, caption), el("thead", {}, el("tr", {}, heads))];
  const made = el("table", {}, top, el("tbody", {}, rows.map(line)));
  return el("div", { class: "wide", tabindex: "0", role: "group", "aria-label": caption }, made);
}

// Put new content in place of old: what was open and the focus are found again; where the last of
// a row went, the one before it, else the first.
export function replace(node, ...children) {
  const opened = [...node.querySelectorAll("details[open][id]")].map((of) => of.id);
  const focused = node.contains(document.activeElement) ? document.activeElement.id : "";
  node.replaceChildren(...children.flat(Infinity).filter(Boolean));
  for (const id of opened) by(id)?.toggleAttribute("open", true);
  const before = focused.replace(/\d+$/, (place) => place - 1);
  const left = by(focused) ?? by(before) ?? node.querySelector("summary, button, select");
  if (focused) left?.focus({ preventScroll: true });
}

// A slider and a number for one value in the unit in which it is read; an empty number is none.
// What is out of range goes no further: what is wrong is told where it stands, beside what holds.
export function number(id, of, write) {
  const label = of.unit ? `${of.label} (${of.unit})` : of.label;
  const small = el("small", { role: "note", id: `${id}-note`, "aria-live": "polite" });
  const named = { "aria-label": label, "aria-describedby": small.id };
  const slider = el("input", { id, type: "range", step: of.step, ...named });
  const step = of.kind === "integer" ? 1 : "any";
  const digits = el("input", { id: `${id}-number`, type: "number", step, ...named });
  let held = null;
  const end = (value) => Number(value).toLocaleString("en", { useGrouping: "min2" });
  const tell = (wrong) => {
    const range = digits.max && `${end(digits.min)} – ${end(digits.max)} ${of.unit}`.trim();
    const said = [range, ...(wrong ?? [of.note])].filter(Boolean).join(" · ");
    small.classList.toggle("wrong", Boolean(wrong));
    if (small.textContent !== said) small.textContent = said; // else it would be read out again
  };
  const told = (input) => (input.value === "" ? null : Number(input.value));
  slider.addEventListener("input", () => {
    digits.value = slider.value;
    write(told(slider), false);
  });
  for (const input of [slider, digits]) {
    input.addEventListener("change", () => {
      const { value, validity: is } = input;
      const fits = value ? is.valid : of.given === null && !is.badInput;
      if (fits) return tell() || write(told(input), true);
      const inside = is.stepMismatch && !is.rangeOverflow && !is.rangeUnderflow;
      tell([value, inside ? of.whole : value || is.badInput ? of.outside : of.none]);
      [slider.value, digits.value] = [held ?? digits.min, held ?? ""];
    });
  }
  const show = (value, [min, max] = [of.low, of.high]) => {
    for (const input of min < max ? [slider, digits] : []) Object.assign(input, { min, max });
    held = value;
    if (!digits.matches("[data-typing]")) digits.value = value ?? "";
    if (!slider.matches(":active")) slider.value = value ?? min;
    tell();
  };
  return [el("div", { class: "value" }, el("span", {}, of.label), slider, digits, small), show];
}
