// The state of the page, its history, and the one question that is in flight.
import { by } from "./dom.js";

export const page = { state: null, start: null, answer: null, number: 0, place: 0, last: 0 };
const RETRY = 2000; // milliseconds between tries while the server is away
const IDLE = 300; // milliseconds of rest before what takes longer is asked for
let flying = false;
let waiting = false;
let draft = false;
let parts = null;
let resting = 0;

export const t = (key) => page.start.texts[key] ?? key;

export function say(words = "", wrong = false) {
  by("said").textContent = words;
  by("said").classList.toggle("wrong", wrong);
}

export async function post(path, content, signal) {
  const headers = { "content-type": "application/json", "accept-language": page.state?.lang };
  const body = content && JSON.stringify(content);
  const method = content ? "POST" : "GET";
  const reply = await fetch(path, { method, headers: content ? headers : {}, body, signal });
  const said = await reply.json();
  if (!reply.ok) throw { problems: said.problems };
  return said;
}

// Change the state; a draft, such as a slider that is still held, has no place in the history.
export function change(how, { keep = true } = {}) {
  const next = structuredClone(page.state);
  how(next);
  page.state = next;
  draft = !keep;
  if (keep) {
    page.place += 1;
    page.last = page.place;
    history.pushState({ place: page.place, state: next }, "", location.hash);
  }
  return ask();
}

export async function ask() {
  parts?.abort();
  clearTimeout(resting);
  waiting = true;
  if (flying) return;
  flying = true;
  while (waiting) {
    waiting = false;
    await answered(page.state);
  }
  flying = false;
  resting = setTimeout(rest, IDLE);
}

async function answered(state) {
  page.number += 1;
  try {
    const answer = await post("/api/answer", { state, sequence: page.number });
    if (answer.sequence !== page.number) return;
    if (state === page.state) {
      page.state = answer.state;
      const entry = { place: page.place, state: answer.state };
      if (!draft) history.replaceState(entry, "", "#" + answer.link);
    }
    page.answer = answer;
    say(answer.remarks.join(" "));
    document.dispatchEvent(new CustomEvent("answer"));
  } catch (error) {
    await told(error);
  }
}

async function told(error) {
  if (error.problems) return say(error.problems.join(" "), true);
  if (!(error instanceof TypeError)) throw error;
  say(t("gone"), true);
  waiting = true;
  await new Promise((next) => setTimeout(next, RETRY));
}

// What takes longer, one after the other, until somebody moves something.
async function rest() {
  parts = new AbortController();
  const { state, answer } = page;
  const wanted = answer?.blocks.filter((of) => of.more && (!of.closed || state.opened.includes(of.id)));
  for (const block of wanted ?? []) {
    try {
      const made = await post("/api/part", { state, block: block.id }, parts.signal);
      if (parts.signal.aborted) return;
      document.dispatchEvent(new CustomEvent("part", { detail: made }));
    } catch (error) {
      if (error.name === "AbortError") return;
      document.dispatchEvent(new CustomEvent("part", { detail: { ...block, more: false, ...error } }));
    }
  }
}

export async function open(link) {
  const lang = page.state?.lang ?? document.documentElement.lang;
  try {
    const opened = await post("/api/open", { link: link.slice(0, 99_999), lang });
    page.state = opened.state;
    return opened.remarks;
  } catch (error) {
    if (!error.problems) throw error;
    return error.problems;
  }
}
