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
  const said = await reply.json().catch(() => ({ problems: [t("gone")] }));
  if (!reply.ok) throw said;
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

// Once what is being answered has its place in the history, which a step through it would lose.
export const after = (step) => Promise.resolve(settled).then(step);

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
  } catch (error) {
    say(error.problems ? `${error.problems.join(" ")} ${t("not_taken")}` : t("gone"), true);
    if (error.problems) {
      if (page.answer) page.state = { ...page.answer.state, view: state.view };
      page.fresh = false;
      placed(location.hash);
      return emit("refused");
    }
    waiting = true;
    await new Promise((next) => setTimeout(next, RETRY));
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
