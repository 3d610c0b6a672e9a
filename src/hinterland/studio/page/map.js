// The map: provinces as tiles that the arrow keys walk, bars, and a series over the years.
import { button, el, more, replace, select, table } from "./dom.js";
import { change, page, t } from "./state.js";
import { draw } from "./charts.js";

const BEAT = 650; // milliseconds of a year that plays
const AHEAD = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const SHOWS = ["change", "level", "baseline"];

function walk(event) {
  const ahead = AHEAD[event.key];
  if (!ahead) return;
  event.preventDefault();
  const [x, y] = ahead;
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
const pick = (code) => change((next) => (next.place = next.place === code ? "" : code));

function tiles() {
  const named = { class: "tiles", role: "group", "aria-label": t("map") };
  const node = el("div", { ...named, onkeydown: walk });
  page.start.tiles.forEach(([code, column, row], place) => {
    const data = { "data-code": code, tabindex: place ? -1 : 0 };
    const tile = button(`tile-${code}`, [el("span"), el("b")], () => pick(code), data);
    tile.style.gridColumn = column + 1;
    tile.style.gridRow = row + 1;
    node.append(tile);
  });
  return node;
}

function paint(node, rows, unit) {
  for (const [code, name, words, colour, ink] of rows) {
    const tile = tileOf(node, code);
    tile.firstChild.textContent = name;
    tile.lastChild.textContent = words;
    tile.style.backgroundColor = colour;
    tile.style.color = colour ? ink : "";
    tile.classList.toggle("empty", !colour);
    tile.setAttribute("aria-pressed", code === page.state.place);
    tile.setAttribute("aria-label", `${name} ${words ? `${words} ${unit}` : t("no_data")}`);
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
  const rows = order.map((of) => {
    const bar = el("i", { class: of.bar < 0 ? "below" : "above" });
    bar.style.width = `${50 * Math.abs(of.bar)}%`;
    bar.style.background = of.colour;
    const cells = [el("td", { class: "bar" }, bar), el("td", {}, of.words)];
    const kind = of.code === page.state.place && "chosen";
    return el("tr", { class: kind }, el("th", { scope: "row" }, of.name), cells);
  });
  const caption = el("caption", {}, [block.title, block.unit].filter(Boolean).join(" · "));
  return el("table", { class: "bars" }, caption, el("tbody", {}, rows));
}

export function mapBlock(node, block) {
  if (!node.firstChild) {
    const both = el("div", { class: "beside" }, tiles(), el("div"));
    node.append(el("h2"), el("div"), el("div"), both, el("p"));
  }
  const [title, choices, colours, both, sentence] = node.children;
  const { state, start } = page;
  const set = (key) => (value) => change((next) => (next[key] = value));
  const shows = SHOWS.map((key) => ({ key, name: t(`show.${key}`) }));
  const { outcomes } = start;
  const outcome = select("variable", t("variable"), outcomes, state.variable, set("variable"));
  title.textContent = block.title;
  replace(choices, outcome, select("show", t("show"), shows, state.show, set("show")));
  replace(colours, scale(block));
  const rows = block.tiles.map((of) => [of.code, of.name, of.words, of.colour, of.ink]);
  both.firstChild.setAttribute("aria-label", t("map"));
  paint(both.firstChild, rows, block.unit);
  replace(both.lastChild, bars(block));
  sentence.textContent = block.sentence;
}

// A series: the years are all here, and playing them asks nobody.
export function yearsBlock(node, block) {
  const { state, start } = page;
  const same = JSON.stringify([state.lang, block.id, state.indicator, state.place]);
  if (node.same === same) return;
  node.same = same;
  const years = Object.keys(block.frames).map(Number);
  const grid = tiles();
  const chart = el("div", { role: "img", "aria-label": t("scatter") });
  const numbers = el("div");
  const year = el("output", { for: "year" });
  const max = years.length - 1;
  const range = { id: "year", type: "range", min: 0, max, "aria-label": t("year") };
  const slider = el("input", range);
  slider.value = years.includes(state.year) ? years.indexOf(state.year) : years.length - 1;
  const show = async () => {
    const now = years[slider.value];
    const frame = block.frames[now];
    year.textContent = now;
    slider.setAttribute("aria-valuetext", now);
    const rows = block.codes.map((code, at) => [code, block.names[at], ...frame[at].slice(1)]);
    paint(grid, rows, block.unit);
    const listed = rows.map(([, name, words]) => [name, words || t("no_data")]);
    const whole = { head: [t("place"), block.title], rows: listed, codes: block.codes };
    replace(numbers, table(whole, `${block.title} ${now}`, state.place));
    const points = rows.map(([code, name, words, colour], at) => {
      return { code, name, words, colour, x: block.across[now]?.[at] ?? null, y: frame[at][0] };
    });
    const known = points.filter((of) => of.x !== null && of.y !== null);
    chart.hidden = known.length === 0;
    const view = await draw(chart, block.spec, { d0: known });
    view.signal("chosen", state.place).runAsync();
  };
  const settle = () => change((next) => (next.year = years[slider.value]));
  slider.addEventListener("input", show);
  slider.addEventListener("change", settle);
  let beat = 0;
  const play = button("play", t("play"), () => {
    clearInterval(beat);
    const starts = play.textContent === t("play");
    play.textContent = starts ? t("stop") : t("play");
    if (!starts) return settle();
    if (+slider.value === years.length - 1) slider.value = 0;
    beat = setInterval(() => {
      if (!node.isConnected) return clearInterval(beat);
      if (+slider.value === years.length - 1) return play.click();
      slider.value = +slider.value + 1;
      show();
    }, BEAT);
  });
  const choose = (value) => change((next) => (next.indicator = value));
  replace(
    node,
    el("h2", {}, block.title),
    select("indicator", t("indicator"), start.indicators, state.indicator, choose),
    el("p", { class: "player" }, play, slider, year),
    scale(block),
    el("div", { class: "beside" }, grid, chart),
    more(t("table"), numbers),
  );
  show();
}
