// The map: provinces as tiles that the arrow keys walk, the scale of colours, bars, and a series over the years.
import { button, el, replace, select, table } from "./dom.js";
import { change, page, t } from "./state.js";
import { draw } from "./charts.js";

const BEAT = 650; // milliseconds of a year that plays
const AHEAD = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

function walk(event) {
  const ahead = AHEAD[event.key];
  if (!ahead) return;
  event.preventDefault();
  const here = page.start.tiles.find(([code]) => code === event.target.dataset.code);
  const [x, y] = ahead;
  const apart = ([, column, row]) => {
    const [along, across] = x ? [(column - here[1]) * x, row - here[2]] : [(row - here[2]) * y, column - here[1]];
    return along > 0 ? along + 3 * Math.abs(across) : Infinity;
  };
  const near = page.start.tiles.reduce((best, one) => (apart(one) < apart(best) ? one : best), here);
  const next = event.currentTarget.querySelector(`[data-code="${near[0]}"]`);
  event.target.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

export function tiles(label, choose) {
  const node = el("div", { class: "tiles", role: "group", "aria-label": label, onkeydown: walk });
  page.start.tiles.forEach(([code, column, row], place) => {
    const tile = button(null, [el("span"), el("b")], () => choose(code), { "data-code": code });
    tile.style.gridColumn = column + 1;
    tile.style.gridRow = row + 1;
    tile.tabIndex = place ? -1 : 0;
    node.append(tile);
  });
  return node;
}

export function paint(node, rows, unit, chosen) {
  for (const [code, name, words, colour, ink] of rows) {
    const tile = node.querySelector(`[data-code="${code}"]`);
    tile.firstChild.textContent = name;
    tile.lastChild.textContent = words;
    tile.style.backgroundColor = colour;
    tile.style.color = colour ? ink : "";
    tile.classList.toggle("empty", !colour);
    tile.setAttribute("aria-pressed", code === chosen);
    tile.setAttribute("aria-label", `${name} ${words ? `${words} ${unit}` : t("no_data")}`);
  }
}

export function scale(block) {
  const bar = el("i");
  bar.style.background = `linear-gradient(90deg, ${block.stops.join(", ")})`;
  const ends = [el("span", {}, block.low), bar, el("span", {}, block.high)];
  return el("p", { class: "scale" }, ends, el("span", {}, block.unit));
}

const pick = (code) => change((next) => (next.place = next.place === code ? "" : code));

function bars(block, chosen) {
  const order = block.tiles.filter((of) => of.words).sort((one, other) => other.bar - one.bar);
  const rows = order.map((of) => {
    const bar = el("i", { class: of.bar < 0 ? "below" : "above" });
    bar.style.width = `${50 * Math.abs(of.bar)}%`;
    bar.style.background = of.colour;
    const name = el("th", { scope: "row" }, of.name);
    const row = el("tr", { class: of.code === chosen && "chosen" }, name);
    row.append(el("td", { class: "bar" }, bar), el("td", { class: "number" }, of.words));
    return row;
  });
  const caption = el("caption", {}, `${block.title}${block.unit ? ` · ${block.unit}` : ""}`);
  return el("table", { class: "bars" }, caption, el("tbody", {}, rows));
}

export function mapBlock(node, block) {
  if (!node.firstChild) {
    const parts = ["h2", "p", "div", "div", "p", "div"].map((tag) => el(tag));
    parts[3] = el("div", { class: "beside" }, tiles(t("map"), pick), parts[5]);
    node.append(...parts.slice(0, 5));
  }
  const [title, choices, , both, sentence] = node.children;
  const { state, start } = page;
  title.textContent = block.title;
  const of = (key) => (value) => change((next) => (next[key] = value));
  const shows = ["change", "level", "baseline"].map((key) => ({ key, name: t(`show.${key}`) }));
  replace(
    choices,
    select("variable", t("variable"), start.outcomes, state.variable, of("variable")),
    select("show", t("show"), shows, state.show, of("show")),
  );
  replace(node.children[2], scale(block));
  const rows = block.tiles.map((of) => [of.code, of.name, of.words, of.colour, of.ink]);
  paint(both.firstChild, rows, block.unit, state.place);
  replace(both.lastChild, bars(block, state.place));
  sentence.textContent = block.sentence;
}

// A series: the years are all here, and playing them asks nobody.
export function yearsBlock(node, block) {
  const { state, start } = page;
  const years = Object.keys(block.frames).map(Number);
  const shown = years.includes(state.year) ? state.year : years.at(-1);
  const grid = tiles(t("map"), pick);
  const chart = el("div", { class: "chart", role: "img", "aria-label": t("scatter") });
  const numbers = el("div");
  const out = el("output", { for: "year" });
  const slider = el("input", { id: "year", type: "range", min: 0, max: years.length - 1, step: 1 });
  slider.setAttribute("aria-label", t("year"));
  const show = async () => {
    const year = years[slider.value];
    const frame = block.frames[year];
    slider.setAttribute("aria-valuetext", year);
    out.textContent = year;
    const rows = block.codes.map((code, place) => [code, block.names[place], ...frame[place].slice(1)]);
    paint(grid, rows, block.unit, state.place);
    const points = rows.map(([code, name, words, colour], place) => {
      return { code, name, words, colour, x: block.across[year]?.[place], y: frame[place][0] };
    });
    const view = await draw(chart, block.spec, { d0: points.filter((of) => of.x != null && of.y != null) });
    view.signal("chosen", state.place).runAsync();
    const head = [t("place"), block.title];
    const listed = rows.map(([, name, words]) => [name, words || t("no_data")]);
    replace(numbers, table({ head, rows: listed, codes: block.codes }, `${block.title} ${year}`, state.place));
  };
  const stop = () => change((next) => (next.year = years[slider.value]));
  slider.value = years.indexOf(shown);
  slider.addEventListener("input", show);
  slider.addEventListener("change", stop);
  let beat = 0;
  const play = button("play", t("play"), () => {
    clearInterval(beat);
    if (play.textContent === t("stop")) {
      play.textContent = t("play");
      return stop();
    }
    play.textContent = t("stop");
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
    el("p", {}, select("indicator", t("indicator"), start.indicators, state.indicator, choose)),
    el("p", { class: "player" }, play, slider, out),
    scale(block),
    el("div", { class: "beside" }, grid, chart),
    el("details", {}, el("summary", {}, t("table")), numbers),
  );
  show();
}
