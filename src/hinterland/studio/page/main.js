// The page: words, views, tools, the guide; what the address says is opened and painted.
import { blocks, fill, made } from "./blocks.js";
import { button, by, el, replace } from "./dom.js";
import { levers } from "./levers.js";
import { ask, change, open, outlined, page, post, say, t, travel } from "./state.js";

const VIEWS = ["stand", "happens", "compare", "assumptions"];
const STEPS = { preset: "levers", lever: "levers", map: "view", link: "views" };
const [WARM, REPLAY] = [300, 900]; // milliseconds between questions how far it is, and of a step
const [LARGEST, SCENARIO] = [12 * 2 ** 20, 2 ** 18]; // bytes of a file
const root = document.documentElement;
let step = -1;

async function speak(lang) {
  page.start = await post(`/api/start?lang=${lang}`);
  root.lang = lang === "zh" ? "zh-CN" : "en";
  document.title = t("title");
  by("skip").textContent = t("skip");
  by("said-off").setAttribute("aria-label", t("guide.close"));
  for (const id of ["views", "tools", "levers", "guide"]) by(id).ariaLabel = t(`aria.${id}`);
  guide(step);
}

function head() {
  const { view, lang } = page.state;
  const tabs = VIEWS.map((key) => {
    const here = { "aria-current": key === view && "page" };
    return button(`view-${key}`, t(`view.${key}`), () => change((next) => (next.view = key)), here);
  });
  replace(by("views"), tabs);
  const other = lang === "zh" ? "en" : "zh";
  const turned = () => change((next) => (next.lang = other));
  const turn = () => speak(other).then(turned, () => say(t("gone"), true));
  const file = el("input", { type: "file", id: "file", onchange: taken });
  const [undone, redone] = [page.place < 1, page.place >= page.last];
  replace(
    by("tools"),
    button("undo", t("undo"), () => travel("back"), { disabled: undone }),
    button("redo", t("redo"), () => travel("forward"), { disabled: redone }),
    button("replay", t("replay"), replay, { disabled: undone }),
    button("lang", t("other_language"), turn, { lang: other }),
    button("theme", t("theme"), () => theme(root.dataset.theme !== "dark")),
    button("guide-on", t("guide"), () => guide(0) || change((next) => (next.view = "happens"))),
    el("label", { class: "file" }, t("open_file"), file),
  );
}

// The last change once more: as it was, then as it is.
function replay() {
  travel("back").then(() => setTimeout(() => travel("forward"), REPLAY));
}

const theme = (dark) => (root.dataset.theme = dark ? "dark" : "light");

async function taken(event) {
  const [file] = event.target.files;
  if (!file || file.size > LARGEST) return file && say(t("file_large"), true);
  try {
    const content = await file.text();
    if (content.includes("\uFFFD")) return say(t("file_letters"), true);
    const polygons = /geojson$/i.test(file.name) || content.includes('"FeatureCollection"');
    if (polygons) return show(await outlined(content));
    if (file.size > SCENARIO) return say(t("file_long"), true);
    const { lang } = page.state;
    const { state } = await post("/api/file", { content, lang, name: file.name.slice(0, 200) });
    await change((next) => Object.assign(next, { preset: "", scenario: state.scenario }));
  } catch (error) {
    say(error.problems?.join(" ") ?? t("gone"), true);
  }
}

function show(block) {
  if (!by("chart-outlines")) by("view").prepend(made("chart-outlines", block));
  fill(block);
}

function guide(at) {
  step = at;
  const keys = Object.keys(STEPS);
  by("guide").hidden = at < 0;
  for (const id of Object.values(STEPS)) by(id).classList.remove("pointed");
  if (at < 0) return;
  by(STEPS[keys[at]]).classList.add("pointed");
  const last = at === keys.length - 1;
  const onward = () => guide(last ? -1 : at + 1);
  const said = [el("b", {}, `${at + 1} / ${keys.length}`), el("p", {}, t(`guide.${keys[at]}`))];
  const next = button("guide-next", last ? t("guide.done") : t("guide.next"), onward);
  const off = () => guide(-1) || by("guide-on").focus();
  replace(by("guide"), said, next, button("guide-off", t("guide.close"), off));
}

function controls() {
  head();
  if (page.state.scenario) levers(); // else another was chosen, which is not answered yet
  by("levers").hidden = page.state.view === "stand";
  by("guide").hidden = step < 0 || page.state.view !== "happens"; // of which it speaks
}

async function warm() {
  for (;;) {
    const { done, words } = await post(`/api/warm?lang=${page.state.lang}`);
    if (page.answer || done >= 1) return;
    say(`${t("warming")} ${words} ${Math.round(100 * done)} %`);
    await new Promise((next) => setTimeout(next, WARM));
  }
}

async function arrive(entry) {
  const before = page.start && page.state.lang;
  const remarks = !entry && location.hash.length > 1 ? await open(location.hash) : [];
  if (entry) page.state = entry.state;
  [page.place, page.fresh] = [entry?.place ?? 0, false];
  page.last = entry ? Math.max(page.last, page.place) : 0;
  if (page.state.lang !== before) await speak(page.state.lang);
  await ask();
  if (remarks.length) say(remarks.join(" "), true);
}

async function begin() {
  const asked = new URLSearchParams(location.search).get("lang");
  const lang = ["zh", "en"].includes(asked) ? asked : (await post("/api/warm")).lang;
  page.state = { lang };
  step = location.hash.length > 1 ? -1 : 0;
  by("levers").open = !matchMedia("(max-width: 860px)").matches; // there the answer is first
  await speak(lang);
  if (!window.SVGElement) return say(t("no_svg"), true);
  warm();
  await arrive(history.state);
}

document.addEventListener("answer", () => controls() || blocks(page.answer.blocks));
document.addEventListener("refused", () => page.answer && controls());
by("skip").addEventListener("click", () => by("view").focus());
by("said-off").addEventListener("click", () => say() || by("view").focus({ preventScroll: true }));
document.addEventListener("part", (event) => fill(event.detail));
addEventListener("popstate", (event) => arrive(event.state));
for (const [kind, still] of [["input", true], ["change", false], ["focusout", false]])
  addEventListener(kind, ({ target }) => target.toggleAttribute?.("data-typing", still));
addEventListener("keydown", (event) => {
  const typing = event.target.matches("[data-typing]:not([type=range])");
  const way = { z: event.shiftKey ? "forward" : "back", y: "forward" }[event.key.toLowerCase()];
  if (!way || typing || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  travel(way);
});
const system = matchMedia("(prefers-color-scheme: dark)");
system.addEventListener("change", () => theme(system.matches));
theme(system.matches);
begin();
