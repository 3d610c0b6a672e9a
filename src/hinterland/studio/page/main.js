// The page: words, views, tools, the guide; what the address says is opened, what is answered is painted.
import { blocks, fill } from "./blocks.js";
import { button, by, el, replace, select } from "./dom.js";
import { levers } from "./levers.js";
import { ask, change, open, page, post, say, t } from "./state.js";

const VIEWS = ["stand", "happens", "compare", "assumptions"];
const STEPS = ["preset", "lever", "map", "link"];
const PLACES = ["levers", "levers", "view", "views"];
const WARM = 300; // milliseconds between looks at how far warming up is
const REPLAY = 900;
let step = -1;

async function speak(lang) {
  page.start = await post(`/api/start?lang=${lang}`);
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  document.title = t("title");
  by("skip").textContent = t("skip");
  guide(step);
}

function head() {
  const { view, lang } = page.state;
  const tabs = VIEWS.map((key) => {
    const go = () => change((next) => (next.view = key));
    return button(`view-${key}`, t(`view.${key}`), go, { "aria-current": key === view && "page" });
  });
  replace(by("views"), tabs);
  by("views").setAttribute("aria-label", t("views"));
  by("tools").setAttribute("aria-label", t("tools"));
  const other = lang === "zh" ? "en" : "zh";
  const turn = async () => {
    await speak(other);
    change((next) => (next.lang = other));
  };
  replace(
    by("tools"),
    button("undo", t("undo"), () => history.back(), { disabled: page.place < 1 }),
    button("redo", t("redo"), () => history.forward(), { disabled: page.place >= page.last }),
    button("replay", t("replay"), replay, { disabled: page.place < 1 }),
    button("lang", t("other_language"), turn, { lang: other }),
    button("theme", t("theme"), theme),
    button("guide-on", t("guide"), () => guide(0)),
    el("label", { class: "file" }, t("open_file"), el("input", { type: "file", id: "file", onchange: taken })),
  );
}

// The last change once more: as it was, then as it is.
function replay() {
  history.back();
  setTimeout(() => history.forward(), REPLAY);
}

function theme() {
  const { dataset } = document.documentElement;
  dataset.theme = dataset.theme === "dark" ? "light" : "dark";
}

async function taken(event) {
  const file = event.target.files[0];
  if (!file) return;
  if (file.size > 12 * 2 ** 20) return say(t("file_large"), true);
  try {
    const content = await file.text();
    const lang = page.state.lang;
    if (/json$/i.test(file.name)) {
      const made = await post("/api/outlines", { state: page.state, geojson: content });
      by(`chart-${made.id}`)?.remove();
      by("view").append(el("section", { id: `chart-${made.id}`, class: "chart" }));
      return fill(made);
    }
    const opened = await post("/api/file", { content, lang });
    await change((next) => Object.assign(next, { preset: "", scenario: opened.state.scenario }));
  } catch (error) {
    say(error.problems?.join(" ") ?? t("gone"), true);
  }
}

function guide(at) {
  step = at;
  by("guide").hidden = at < 0;
  for (const place of PLACES) by(place).classList.toggle("pointed", place === PLACES[at]);
  if (at < 0) return;
  const last = at === STEPS.length - 1;
  replace(
    by("guide"),
    el("b", {}, `${at + 1} / ${STEPS.length}`),
    el("p", {}, t(`guide.${STEPS[at]}`)),
    button("guide-next", last ? t("guide.done") : t("guide.next"), () => guide(last ? -1 : at + 1)),
    button("guide-off", t("guide.close"), () => guide(-1)),
  );
}

function paint() {
  head();
  levers();
  blocks(page.answer.blocks);
  by("levers").hidden = page.state.view === "stand";
  document.body.classList.remove("waiting");
}

async function warm() {
  for (;;) {
    const found = await post(`/api/warm?lang=${page.state.lang}`);
    if (page.answer || found.done >= 1) return;
    say(`${t("warming")} ${found.words} ${Math.round(100 * found.done)} %`);
    await new Promise((next) => setTimeout(next, WARM));
  }
}

async function begin() {
  const asked = new URLSearchParams(location.search).get("lang");
  const lang = asked === "en" || asked === "zh" ? asked : (await post("/api/warm")).lang;
  document.documentElement.lang = lang;
  page.state = { lang };
  let remarks = [];
  if (location.hash.length > 1) remarks = await open(location.hash);
  else step = 0;
  page.place = history.state?.place ?? 0;
  page.last = page.place;
  await speak(page.state.lang);
  document.body.classList.add("waiting");
  warm();
  await ask();
  if (remarks.length) say(remarks.join(" "), true);
}

addEventListener("answer", paint);
document.addEventListener("answer", paint);
document.addEventListener("part", (event) => fill(event.detail));
addEventListener("popstate", async (event) => {
  const before = page.state.lang;
  let remarks = [];
  if (event.state) {
    page.state = event.state.state;
    page.place = event.state.place;
  } else remarks = await open(location.hash);
  if (page.state.lang !== before) await speak(page.state.lang);
  await ask();
  if (remarks.length) say(remarks.join(" "), true);
});
addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.target.matches("input:not([type=range])")) return;
  const way = { z: event.shiftKey ? "forward" : "back", y: "forward" }[event.key.toLowerCase()];
  if (!way) return;
  event.preventDefault();
  history[way]();
});
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => (document.documentElement.dataset.theme = dark.matches ? "dark" : "light");
dark.addEventListener("change", follow);
follow();
begin();
