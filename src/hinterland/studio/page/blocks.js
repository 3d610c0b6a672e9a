// The blocks of a view: each keeps its place and its elements while its kind and its name stay.
import { button, by, el, replace, select, table } from "./dom.js";
import { draw } from "./charts.js";
import { mapBlock, yearsBlock } from "./map.js";
import { change, page, t } from "./state.js";

const KINDS = {
  cards, chart, words, code, assumptions, pins,
  map: mapBlock,
  years: (node, block) => node.made !== seal(block) && ((node.made = seal(block)), yearsBlock(node, block)),
};
const seal = (block) => `${page.state.lang} ${block.title} ${page.state.place}`;

export function blocks(all) {
  const view = by("view");
  const wanted = all.map((block) => `${block.kind}-${block.id}`);
  for (const node of [...view.children]) if (!wanted.includes(node.id)) node.remove();
  all.forEach((block, place) => {
    const id = wanted[place];
    const tag = block.closed ? "details" : "section";
    const node = by(id) ?? made(tag, id, block);
    if (view.children[place] !== node) view.insertBefore(node, view.children[place] ?? null);
    fill(block, node);
  });
}

// What is closed is asked for when it is opened, and stays open in the permalink.
function made(tag, id, block) {
  const node = el(tag, { id, class: block.kind });
  if (tag === "section") return node;
  node.open = page.state.opened.includes(block.id);
  node.addEventListener("toggle", () => {
    if (page.state.opened.includes(block.id) === node.open) return;
    change((next) => {
      next.opened = next.opened.filter((of) => of !== block.id);
      if (node.open) next.opened.push(block.id);
    });
  });
  return node;
}

export function fill(block, node = by(`${block.kind}-${block.id}`)) {
  if (node) KINDS[block.kind](node, block);
}

function cards(node, block) {
  const list = block.cards.map((of) => {
    const better = ["worse", "", "better"][of.better + 1];
    const spread = of.spread || node.querySelector(`[data-key="${of.key}"] small`)?.dataset.said || "";
    const range = el("small", { "data-said": of.spread }, of.spread ? `${t("range")} ${of.spread}` : "…");
    range.classList.toggle("old", block.more && spread !== "");
    const value = el("dd", {}, el("b", { class: better }, of.change), el("span", {}, `${of.before} → ${of.after}`));
    return el("div", { "data-key": of.key }, el("dt", {}, of.name), value, el("dd", {}, range));
  });
  const mark = el("details", { id: "certificate", open: by("certificate")?.open });
  mark.append(el("summary", { id: "certificate-mark" }, block.mark), table(block.certificate, block.mark));
  replace(node, el("h2", {}, page.answer.title), el("dl", {}, list), mark);
}

function chart(node, block) {
  if (!node.firstChild) {
    const head = block.closed ? el("summary", { id: `open-${block.id}` }) : el("h2", {});
    node.append(head, el("p", {}), el("div", { class: "chart", role: "img" }), el("div", {}));
  }
  const [title, sentence, picture, numbers] = node.children;
  title.textContent = block.title;
  node.classList.toggle("old", block.more);
  if (block.more) return void (picture.firstChild || (sentence.textContent = t("coming")));
  sentence.textContent = block.problems ? block.problems.join(" ") : block.sentence;
  picture.setAttribute("aria-label", block.sentence || block.title);
  picture.hidden = !block.spec;
  if (block.spec) draw(picture, block.spec, block.data);
  const whole = block.table && table(block.table, block.title);
  const open = numbers.firstChild?.open;
  const rows = block.spec && whole ? el("details", { open }, el("summary", {}, t("table")), whole) : whole;
  replace(numbers, rows);
}

function words(node, block) {
  const parts = block.parts.map(([head, said]) => [el("h3", {}, head), el("p", {}, said)]);
  replace(node, el("h2", {}, block.title), parts.flat());
}

function code(node, block) {
  const head = el("summary", { id: "open-again" }, block.title);
  if (block.more) return void (node.firstChild || node.append(head));
  const copied = (said) => (event) => {
    navigator.clipboard.writeText(said);
    event.target.textContent = t("copied");
  };
  const parts = block.codes.map(([title, said], place) => {
    const copy = button(`copy-${place}`, t("copy"), copied(said));
    const lines = el("pre", { tabindex: "0", role: "group", "aria-label": title }, said);
    return [el("h3", {}, title), copy, lines];
  });
  const files = block.files.map(([name, address]) => {
    const href = `/api/files/${address}&lang=${page.state.lang}`;
    return el("li", {}, el("a", { href, download: true }, name));
  });
  replace(node, head, parts.flat(), el("h3", {}, t("files")), el("ul", { class: "files" }, files));
}

function assumptions(node, block) {
  const rows = block.fields.map((of) => {
    const put = (value, keep) => change((next) => {
      next.scenario.elasticities = { ...next.scenario.elasticities, [of.key]: value };
      if (value === of.given) delete next.scenario.elasticities[of.key];
    }, { keep });
    const range = { min: of.low, max: of.high, "aria-label": of.name };
    const slider = el("input", { ...range, id: `e-${of.key}`, type: "range", step: (of.high - of.low) / 100 });
    const digits = el("input", { ...range, id: `n-${of.key}`, type: "number", step: "any" });
    slider.value = digits.value = of.value;
    slider.addEventListener("change", () => put(Number(slider.value), true));
    digits.addEventListener("change", () => put(Number(digits.value), true));
    const note = `${t("default")} ${of.given} · ${of.low} – ${of.high} · ${of.note}`;
    const back = of.value !== of.given && button(`b-${of.key}`, t("back"), () => put(of.given, true));
    return el("div", { class: "value" }, el("span", {}, of.name), slider, digits, el("small", {}, note), back || "");
  });
  replace(node, el("h2", {}, block.title), el("p", {}, block.sentence), rows);
}

function pins(node, block) {
  const full = block.names.length >= block.most;
  const out = (place) => change((next) => next.compare.splice(place - 1, 1));
  const list = block.names.map((name, place) => {
    const cross = place && button(`pin-${place}`, t("remove"), () => out(place), { "aria-label": `${t("remove")} ${name}` });
    return el("li", {}, name, " ", cross || el("em", {}, t("pin.own")));
  });
  const pin = (kept) => change((next) => next.compare.push(kept));
  const own = () => pin({ preset: page.state.preset, scenario: page.state.scenario });
  const ready = [{ key: "", name: t("pin.choose") }, ...page.start.presets.map((of) => ({ key: of.key, name: of.title }))];
  const add = select("pin", t("pin.add"), ready, "", (preset) => preset && pin({ preset, scenario: null }));
  const keep = button("pin-own", t("pin.keep"), own, { disabled: full });
  replace(node, el("h2", {}, block.title), el("p", {}, block.sentence), el("ol", {}, list), full ? null : add, keep);
}
