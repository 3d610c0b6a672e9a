// The state of the page, its history, and the one question that is in flight.
import { by } from "./dom.js";

export const page = { state: null, start: null, answer: null, number: 0, place: 0, last: 0 };
const [RETRY, SLOW] = [2000, 600]; // milliseconds: between tries, and until waiting is told
const OUTLINES = { kind: "chart", id: "outlines", title: "" };
const IDLE = 300; // milliseconds of rest before what takes longer is asked for
let [settled, waiting, draft, parts, resting] = [null, false, false, null, 0];

export const t = (key) => page.start?.texts[key] ?? key;

export function say(words = "", wrong = false) {
  by("said").textContent = words;
  by("said").classList.toggle("wrong", wrong);
  by("said-off").hidden = !wrong || !page.start;
}

const emit = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

export async function post(path, content, signal) {
  const asks = { method: "POST", headers: { "content-type": "application/json" } };
  const reply = await fetch(path, { ...content && asks, signal, body: JSON.stringify(content) });
  const said = await reply.json(); // broken off or of a proxy: an error without words of ours
  if (!reply.ok) throw { ...said, status: reply.status };
  return said;
}

// Change the state; it gets its place in the history once it is answered and no slider is held.
export function change(how, keep = true) {
  const next = structuredClone(page.state);
  how(next);
  page.state = next;
  [draft, page.fresh] = [!keep, page.fresh || keep];
  return ask();
}

export function ask() {
  parts?.abort();
  clearTimeout(resting);
  waiting = true;
  return (settled ??= settle());
}

async function settle() {
  for (; waiting; await answered(page.state)) waiting = false;
  settled = null;
  resting = setTimeout(rest, IDLE);
}

// Back or forward, once what is being answered has its place in the history and cannot be lost.
export const travel = (way) => Promise.resolve(settled).then(() =>
  (way === "back" ? page.place > 0 : page.place < page.last) && history[way]());

function placed(link) {
  if (page.fresh) page.last = page.place += 1;
  const entry = { place: page.place, state: page.state };
  history[page.fresh ? "pushState" : "replaceState"](entry, "", link);
  page.fresh = false;
}

async function answered(state) {
  page.number += 1;
  const slow = setTimeout(() => page.answer && say(t("coming")), SLOW);
  try {
    const asked = post("/api/answer", { state, sequence: page.number });
    const answer = await asked.finally(() => clearTimeout(slow));
    if (answer.sequence !== page.number) return;
    if (state === page.state) {
      page.state = answer.state;
      if (!draft) placed(`#${answer.link}`);
    }
    page.answer = answer;
    say(answer.remarks.join(" "));
    emit("answer");
  } catch ({ problems, status }) {
    const refused = status < 500 && status !== 429; // else it is kept and asked again
    say((problems ?? [t("gone")]).concat(refused ? t("not_taken") : []).join(" "), true);
    if (!refused) waiting ||= status !== 500;
    if (!refused) return void (await new Promise((next) => setTimeout(next, RETRY)));
    if (state !== page.state) return; // a newer one waits
    page.state = page.answer ? { ...page.answer.state, view: state.view } : { lang: state.lang };
    [page.fresh, waiting] = [false, !page.answer && Object.keys(state).length > 1];
    if (page.answer) placed(location.hash);
    emit("refused");
  }
}

// The map on polygons of one's own; they stay with the page, since the server keeps nothing.
export async function outlined(geojson, signal) {
  const block = await post("/api/outlines", { state: page.state, geojson }, signal);
  page.geojson = geojson;
  return block;
}

// What takes longer, one after the other, until somebody moves something.
async function rest() {
  parts = new AbortController();
  const { signal } = parts;
  const { state, answer } = page;
  const open = (of) => of.more && (!of.closed || state.opened.includes(of.id));
  const part = (block) => [block, () => post("/api/part", { state, block: block.id }, signal)];
  const wanted = answer?.blocks.filter(open).map(part) ?? [];
  if (by("chart-outlines")) wanted.push([OUTLINES, () => outlined(page.geojson, signal)]);
  for (const [block, got] of wanted) {
    try {
      emit("part", await got());
    } catch (error) {
      if (signal.aborted) return;
      emit("part", { ...block, more: false, problems: error.problems ?? [t("gone")] });
    }
  }
}

// Open what the address says; what is wrong with it is told, and the state stays as it was.
export async function open(link) {
  try {
    const opened = await post("/api/open", { link: link.slice(0, 99_999), lang: page.state.lang });
    page.state = opened.state;
    return opened.remarks;
  } catch (error) {
    return error.problems ?? [t("gone")];
  }
}
