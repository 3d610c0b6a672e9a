// The blocks of a view: each keeps its place and its elements while its kind and its name stay.
import { button, by, el, fold, heading, number, replace, select, table } from "./dom.js";
import { draw } from "./charts.js";
import { mapBlock, yearsBlock } from "./map.js";
import { change, page, t } from "./state.js";

const KINDS = { cards, chart, words, code, assumptions, pins, map: mapBlock, years: yearsBlock };

export function blocks(all) {
  const view = by("view");
  const wanted = all.map((block) => `${block.kind}-${block.id}`);
  if (page.state.view === "happens" && by("chart-outlines")) wanted.unshift("chart-outlines");
  for (const node of [...view.children]) if (!wanted.includes(node.id)) node.remove();
  all.forEach((block) => {
    const id = `${block.kind}-${block.id}`;
    const node = by(id) ?? made(id, block);
    const place = wanted.indexOf(id);
    if (view.children[place] !== node) view.insertBefore(node, view.children[place] ?? null);
    if (block.closed) node.open = page.state.opened.includes(block.id);
    fill(block, node);
  });
}

export const fill = (block, node = by(`${block.kind}-${block.id}`)) =>
  node && KINDS[block.kind](node, block);

// What is closed is asked for when it is opened, and stays open in the permalink.
export function made(id, block) {
  const node = el(block.closed ? "details" : "section", { id, class: block.kind });
  if (!block.closed) return node;
  node.addEventListener("toggle", () => {
    if (page.state.opened.includes(block.id) === node.open) return;
    change((next) => {
      next.opened = next.opened.filter((of) => of !== block.id);
      if (node.open) next.opened.push(block.id);
    });
  });
  return node;
}

function cards(node, block) {
  const list = block.cards.map((of) => {
    const value = el("b", { class: ["worse", "", "better"][of.better + 1] }, of.change);
    const said = [`${of.before} → ${of.after}`, of.spread ? `${t("range")} ${of.spread}` : "…"];
    const lines = [value, ...said.map((words) => el("span", {}, words))];
    return el("div", {}, el("dt", {}, of.name), el("dd", {}, lines));
  });
  const open = node.querySelector("details")?.open;
  const mark = el("summary", { id: "certificate" }, block.mark);
  const certificate = el("details", { open }, mark, table(block.certificate, block.mark));
  const [about, ...said] = [block.about, ...block.said].map((words) => el("p", {}, words));
  replace(node, el("h2", {}, page.answer.title), about, el("dl", {}, list), said, certificate);
}

function chart(node, block) {
  node.firstChild ?? node.append(heading(block), el("p"), el("div", { role: "img" }), el("div"));
  const [title, sentence, picture, numbers] = node.children;
  title.textContent = block.title;
  node.classList.toggle("old", block.more);
  if (block.more) return void (picture.firstChild || (sentence.textContent = t("coming")));
  sentence.textContent = block.problems?.join(" ") ?? block.sentence;
  picture.setAttribute("aria-label", block.sentence || block.title);
  picture.hidden = !block.spec;
  if (block.spec) draw(picture, block.spec, block.data);
  const whole = block.table && table(block.table, block.title);
  const rows = block.spec && whole ? fold(t("table"), [whole]) : whole;
  if (rows && numbers.firstChild?.open) rows.open = true;
  replace(numbers, rows);
}

function words(node, block) {
  const parts = block.parts.map(([head, said]) => [el("h3", {}, head), el("p", {}, said)]);
  replace(node, heading(block), parts);
}

function code(node, block) {
  if (block.more) return void (node.childNodes.length > 1 || replace(node, heading(block)));
  const parts = block.codes.map(([title, said], place) => {
    const done = () => (copy.textContent = t("copied"));
    const write = () => navigator.clipboard.writeText(said).then(done);
    const copy = button(`copy-${place}`, t("copy"), write);
    const frame = { tabindex: "0", role: "group", "aria-label": title };
    return [el("h3", {}, title), copy, el("pre", frame, said)];
  });
  const files = block.files.map(([name, address]) => {
    const href = `/api/files/${address}&lang=${page.state.lang}`;
    return el("li", {}, el("a", { href, download: true }, name));
  });
  const taken = [el("h3", {}, t("files")), el("ul", { class: "files" }, files)];
  replace(node, heading(block), parts, files.length ? taken : null);
}

function assumptions(node, block) {
  const rows = block.fields.map((of) => {
    const put = (value, keep) => change((next) => {
      const { elasticities = {} } = next.scenario;
      next.scenario.elasticities = { ...elasticities, [of.key]: value ?? of.given };
    }, keep);
    const note = `${t("default")} ${of.given} · ${of.note}`;
    const shown = { ...of, label: of.name, unit: "", note, none: t("none") };
    const [field, show] = number(`e-${of.key}`, shown, put);
    show(of.value);
    const back = button(`b-${of.key}`, t("back"), () => put(of.given));
    return [field, of.value === of.given ? null : back];
  });
  if (node.querySelector("input:active")) return;
  replace(node, heading(block), el("p", {}, block.sentence), rows);
}

function pins(node, block) {
  const list = block.names.map((name, place) => {
    if (!place) return el("li", {}, name, " ", el("em", {}, t("pin.own")));
    const out = () => change((next) => next.compare.splice(place - 1, 1));
    const says = { "aria-label": `${t("remove")} ${name}` };
    return el("li", {}, name, " ", button(`pin-${place}`, t("remove"), out, says));
  });
  const pin = (kept) => change((next) => next.compare.push(kept));
  const { preset, scenario } = page.state;
  const ready = [{ key: "", name: t("pin.choose") }, ...block.ready];
  const choose = (key) => key && pin({ preset: key, scenario: null });
  const add = select("pin", t("pin.add"), ready, "", choose, t("add.do"));
  const keep = button("pin-own", t("pin.keep"), () => pin({ preset, scenario }));
  const ways = block.names.length < block.most && [add, keep];
  replace(node, heading(block), el("p", {}, block.sentence), el("ol", {}, list), ways);
}
