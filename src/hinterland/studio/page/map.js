// The map: provinces as tiles that the arrow keys walk, bars, and a series over the years.
import { button, el, fold, heading, replace, select, table } from "./dom.js";
import { change, page, t } from "./state.js";
import { draw } from "./charts.js";

const BEAT = 650; // milliseconds of a year that plays
const AHEAD = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

function walk(event) {
  if (!(event.key in AHEAD)) return;
  event.preventDefault();
  const [x, y] = AHEAD[event.key];
  const here = page.start.tiles.find(([code]) => code === event.target.dataset.code);
  const apart = ([, column, row]) => {
    const along = (column - here[1]) * x + (row - here[2]) * y;
    const across = Math.abs((column - here[1]) * y) + Math.abs((row - here[2]) * x);
    return along > 0 ? along + 3 * across : Infinity;
  };
  const nearer = (best, one) => (apart(one) < apart(best) ? one : best);
  const next = tileOf(event.currentTarget, page.start.tiles.reduce(nearer, here)[0]);
  for (const tile of event.currentTarget.children) tile.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

const tileOf = (node, code) => node.querySelector(`[data-code="${code}"]`);
const set = (key) => (value) => change((next) => (next[key] = value));
const pick = (code) => change((next) => (next.place = next.place === code ? "" : code));

function tiles() {
  const all = page.start.tiles.map(([code, column, row], place) => {
    const data = { "data-code": code, tabindex: place ? -1 : 0 };
    const tile = button(`tile-${code}`, [el("span"), el("b")], () => pick(code), data);
    Object.assign(tile.style, { gridColumn: column + 1, gridRow: row + 1 });
    return tile;
  });
  const label = { role: "group", "aria-label": t("map") };
  return el("div", { class: "tiles", onkeydown: walk, ...label }, all);
}

function paint(node, rows, unit) {
  for (const [code, name, words, colour, ink] of rows) {
    const tile = tileOf(node, code);
    tile.firstChild.textContent = name;
    tile.lastChild.textContent = words;
    Object.assign(tile.style, { backgroundColor: colour, color: colour ? ink : "" });
    tile.classList.toggle("empty", !colour);
    tile.ariaPressed = code === page.state.place;
    tile.ariaLabel = `${name} ${words ? `${words} ${unit}` : t("no_data")}`;
  }
}

function scale(block) {
  const bar = el("i");
  bar.style.background = `linear-gradient(90deg, ${block.stops.join(", ")})`;
  const parts = [block.low, bar, block.high, block.unit];
  return el("p", { class: "scale" }, parts.map((part) => part && el("span", {}, part)));
}

function bars(block) {
  const order = block.tiles.filter((of) => of.words).sort((one, other) => other.bar - one.bar);
  const [least, most] = [Math.min, Math.max].map((end) => end(0, ...order.map((of) => of.bar)));
  const rows = order.map((of) => {
    const bar = el("i");
    bar.style.left = `${100 * (Math.min(of.bar, 0) - least) / (most - least)}%`;
    bar.style.width = `${100 * Math.abs(of.bar) / (most - least)}%`;
    bar.style.background = of.colour;
    const cells = [el("th", { scope: "row" }, of.name), el("td", { class: "bar" }, bar)];
    const kind = of.code === page.state.place && "chosen";
    return el("tr", { class: kind }, cells, el("td", {}, of.words));
  });
  const caption = el("caption", {}, [block.title, block.unit].filter(Boolean).join(" · "));
  return el("table", { class: "bars" }, caption, el("tbody", {}, rows));
}

export function mapBlock(node, block) {
  const beside = () => el("div", { class: "beside" }, tiles(), el("div"));
  node.firstChild ?? node.append(el("h2"), el("div"), el("div"), beside(), el("p"));
  const [title, choices, colours, both, sentence] = node.children;
  const { state } = page;
  const shows = ["change", "level", "baseline"].map((key) => ({ key, name: t(`show.${key}`) }));
  const what = select("variable", t("variable"), block.outcomes, block.variable, set("variable"));
  replace(title, block.title);
  replace(choices, what, select("show", t("show"), shows, state.show, set("show")));
  replace(colours, scale(block));
  const rows = block.tiles.map((of) => [of.code, of.name, of.words, of.colour, of.ink]);
  both.firstChild.ariaLabel = t("map");
  paint(both.firstChild, rows, block.unit);
  replace(both.lastChild, bars(block));
  sentence.textContent = block.sentence;
}

// A series, or a path: the years are all here, and playing them asks nobody.
export function yearsBlock(node, block) {
  const { state, start } = page;
  node.classList.toggle("old", block.more);
  const missing = block.problems?.join(" ") ?? (block.more && t("coming"));
  if (missing && block.more && node.same) return;
  if (missing) return void (node.same = replace(node, heading(block), el("p", {}, missing)));
  const same = JSON.stringify([state.lang, block]);
  if (node.same === same) return void node.show();
  clearInterval(node.beat);
  [node.same, node.year] = [same, undefined];
  const years = Object.keys(block.frames).map(Number);
  const [grid, numbers, last] = [tiles(), el("div"), years.length - 1];
  const chart = el("div", { role: "img", "aria-label": t("scatter") });
  const year = el("output", { for: "year" });
  const slider = el("input", { id: "year", type: "range", max: last, "aria-label": t("year") });
  const counts = years.map((one) => block.frames[one].filter(([value]) => value !== null).length);
  const all = Math.max(...counts);
  const show = node.show = async () => {
    const at = years.indexOf(page.state.year);
    if (node.year !== page.state.year) slider.value = at < 0 ? counts.lastIndexOf(all) : at;
    node.year = page.state.year; // an undone year moves the slider, no other change does
    const [now, some] = [years[slider.value], counts[slider.value]];
    const frame = block.frames[now];
    year.textContent = some < all ? `${now} (${t("known")} ${some} / ${all})` : now;
    slider.setAttribute("aria-valuetext", now);
    const rows = block.codes.map((code, at) => [code, block.names[at], ...frame[at].slice(1)]);
    paint(grid, rows, block.unit);
    const listed = rows.map(([, name, words]) => [name, words || t("no_data")]);
    const head = block.unit ? `${block.title} (${block.unit})` : block.title;
    const whole = { head: [t("place"), head], rows: listed, codes: block.codes };
    replace(numbers, table(whole, `${block.title} ${now}`, page.state.place));
    const d0 = rows.flatMap(([code, name, words, colour], at) => {
      const [x, y] = [block.across[now]?.[at] ?? null, frame[at][0]];
      return x === null || y === null ? [] : { code, name, words, colour, x, y };
    });
    if ((chart.hidden = !block.spec || d0.length === 0)) return;
    (await draw(chart, block.spec, { d0 })).signal("chosen", page.state.place).runAsync();
  };
  const settle = () => change((next) => (node.year = next.year = years[slider.value]));
  Object.assign(slider, { oninput: show, onchange: settle });
  const play = button("play", t("play"), () => {
    clearInterval(node.beat);
    const starts = play.textContent === t("play");
    play.textContent = starts ? t("stop") : t("play");
    if (!starts) return settle();
    if (+slider.value === last) slider.value = 0;
    node.beat = setInterval(() => {
      if (!node.isConnected) return clearInterval(node.beat);
      if (+slider.value === last) return play.click();
      slider.value = +slider.value + 1;
      show();
    }, BEAT);
  });
  const which = block.id === "years" &&
    select("indicator", t("indicator"), start.indicators, state.indicator, set("indicator"));
  const top = [heading(block), which, el("p", { class: "player" }, play, slider, year)];
  const colours = [scale(block), el("p", { class: "cost" }, t("one_scale"))];
  const both = el("div", { class: "beside" }, grid, chart);
  replace(node, top, colours, both, fold(t("table"), [numbers]));
  show();
}
