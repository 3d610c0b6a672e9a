// The levers: the scenario's policies, each with the values that its instrument knows.
import { button, by, el, fold, number, replace, select } from "./dom.js";
import { change, page, say, t } from "./state.js";

const PAYERS = ["centre", "province", "firms", "people"];
const LISTS = ["places", "cities", "ports"];
let drawn = "";
let refresh = [];

const given = (label) => page.state.scenario.policies[label];
const kindOf = (label) => page.start.instruments.find((of) => of.key === given(label).instrument);
const saidOf = (label) => page.answer.levers.find((of) => of.label === label);

const same = (one) => (other) => one.toLowerCase() === other.toLowerCase();
const told = ([head, words]) => [el("h3", {}, head), el("p", {}, words)];
const option = (of) => el("option", { value: of.name });
const put = (of, name, value) => (value === null ? delete of[name] : (of[name] = value));
const set = (label, name, value, keep = true) =>
  change((next) => put(next.scenario.policies[label], name, value), keep);

function numeric(id, of, read, write, ends) {
  const held = (value) => value === null ? null : Number((value / of.factor).toPrecision(12));
  const noted = { ...of, note: of.mark, whole: t("whole"), none: t("none") };
  const [node, show] = number(id, noted, (value, keep) => write(held(value), keep));
  const shown = (value) => value === null ? null : Number((value * of.factor).toPrecision(10));
  refresh.push(() => show(shown(read() ?? null), ends?.()));
  return node;
}

// Places, cities or ports: what is chosen, each with a way out, and a field for one more.
function list(label, of) {
  const now = given(label)[of.name] ?? of.given;
  const said = saidOf(label)?.lists[of.name] ?? [];
  const known = page.start[of.kind];
  const called = (key, place) => known.find((one) => one.key === key)?.name ?? said[place] ?? key;
  const id = `${label}.${of.name}`;
  const chips = now.map(called).map((name, place) => {
    const rest = now.filter((_, other) => other !== place);
    const out = () => rest.length ? set(label, of.name, rest) : say(t("last_one"), true);
    const says = { "aria-label": `${t("remove")} ${name}` };
    return el("li", {}, name, button(`${id}-${place}`, "×", out, says));
  });
  const placeholder = t(`add.${of.kind}`);
  const field = el("input", { id, list: `all-${of.kind}`, placeholder });
  field.ariaLabel = `${of.label}: ${placeholder}`;
  const is = (typed) => (one) => [one.key, one.name, ...one.also].some(same(typed));
  const meant = (typed) => known.find(is(typed))?.key ?? typed; // whichever of its names
  field.addEventListener("change", () => {
    const typed = field.value.trim();
    field.value = "";
    if (now.map(meant).includes(meant(typed))) return say(`${typed}: ${t("already")}`, true);
    if (typed) set(label, of.name, [...now, meant(typed)]);
  });
  const parts = [el("span", {}, of.label), el("ul", { class: "chips" }, chips), field];
  return el("div", { class: "value" }, parts);
}

// Who pays: the shares of the policy or of its rule; they count once they make a whole.
function payer(label) {
  const now = () => given(label).payer ?? kindOf(label).shares;
  const share = { type: "number", min: 0, max: 100, onchange: put };
  const fields = PAYERS.map((who) => el("input", { id: `${label}.${who}`, ...share }));
  const sum = el("small", { role: "note" });
  function put() {
    const whole = fields.reduce((all, input) => all + Math.max(0, input.value), 0);
    const full = Math.abs(whole - 100) < 1e-6;
    sum.textContent = full ? "" : `${t("payer.sum")} ${whole} %`;
    const shares = PAYERS.map((who, place) => [who, Number(fields[place].value) / 100]);
    if (full) set(label, "payer", Object.fromEntries(shares.filter(([, share]) => share > 0)));
  }
  refresh.push(() => {
    if (sum.textContent) return; // shares that somebody still enters
    PAYERS.forEach((who, at) => (fields[at].value = +(100 * (now()[who] ?? 0)).toPrecision(6)));
  });
  const clear = () => (sum.textContent = "") || set(label, "payer", null);
  const rule = button(`${label}.rule`, t("payer.rule"), clear);
  const named = fields.map((input, at) => el("label", {}, t(`payer.${PAYERS[at]}`), input, "%"));
  return el("div", { class: "value" }, el("span", {}, t("payer")), named, sum, rule);
}

const control = (label) => (of) => {
  const id = `${label}.${of.name}`;
  if (of.kind === "shares") return payer(label);
  if (LISTS.includes(of.kind)) return list(label, of);
  const read = () => given(label)?.[of.name] ?? of.given;
  const write = (value, keep) => set(label, of.name, value, keep);
  const ends = () => saidOf(label)?.years[of.name];
  if (of.kind !== "choice") return numeric(id, of, read, write, ends);
  return select(id, of.label, of.choices, read(), write);
};

function policy(label) {
  const kind = kindOf(label);
  const is = (rank) => (of) => {
    const first = of.name === kind.size || of.kind === "choice" || LISTS.includes(of.kind);
    return rank === (of.common ? 2 : first ? 0 : 1);
  };
  const [first, own, common] = [0, 1, 2].map((rank) => kind.values.filter(is(rank)));
  first.sort((one, other) => (other.name === kind.size) - (one.name === kind.size));
  const cost = el("p", { class: "cost" });
  refresh.push(() => (cost.textContent = t("cost") + (saidOf(label)?.cost ?? "–")));
  const mark = el("mark", { class: kind.strength }, t("evidence") + kind.evidence);
  const rule = `${t("cost_rule")} ${kind.cost}`;
  const help = [kind.help, rule, saidOf(label)?.about, ...kind.findings].filter(Boolean);
  const out = () => change((next) => delete next.scenario.policies[label]);
  const head = el("summary", { id: `${label}.name` }, mark, saidOf(label)?.name ?? kind.name);
  const folds = [
    fold(t("more"), own.map(control(label)), `${label}-more`),
    fold(t("dates"), common.map(control(label)), `${label}-dates`),
    fold(t("help"), help.map((words) => el("p", {}, words)), `${label}-help`),
  ];
  const parts = [head, first.map(control(label)), cost, folds];
  const made = { class: "policy", id: `policy-${label}` };
  return el("details", made, parts, button(`${label}.out`, t("remove"), out));
}

function terms() {
  const write = (name) => (value, keep) => change((of) => put(of.scenario, name, value), keep);
  const fields = page.start.terms.map((of) => {
    const read = () => page.state.scenario[of.name] ?? of.given;
    if (of.choices.length) return select(of.name, of.label, of.choices, read(), write(of.name));
    return numeric(of.name, of, read, write(of.name));
  });
  return fold(t("terms"), fields, "scenario-terms");
}

// A second policy of a kind begins where the first are not.
function elsewhere(instrument, policies) {
  const { values } = page.start.instruments.find((of) => of.key === instrument);
  const { name, given: first } = values.find((of) => of.kind === "places") ?? {};
  const same = policies.filter((of) => of.instrument === instrument);
  const used = same.flatMap((of) => of[name] ?? first ?? []);
  const free = used.length && page.start.macro_regions.find((key) => !used.includes(key));
  return free ? { [name]: [free] } : {};
}

function added(instrument) {
  const { policies = {} } = page.state.scenario;
  let label = instrument;
  for (let count = 2; label in policies; count += 1) label = `${instrument}_${count}`;
  const first = { instrument, ...elsewhere(instrument, Object.values(policies)) };
  const show = () => by(`${label}.name`)?.parentNode.toggleAttribute("open", true);
  document.addEventListener("answer", show, { once: true });
  change((next) => (next.scenario.policies = { ...policies, [label]: first }));
}

export function levers() {
  const { scenario, lang, preset } = page.state;
  const fixed = Object.keys(scenario.policies ?? {}).map((label) => {
    const lists = kindOf(label).values.filter(({ kind }) => ["choice", ...LISTS].includes(kind));
    return [label, saidOf(label)?.name, lists.map((of) => given(label)[of.name])];
  });
  const shape = JSON.stringify([lang, preset, scenario.closure, fixed]);
  if (shape !== drawn) rebuild(Object.keys(scenario.policies ?? {}), preset);
  drawn = shape;
  refresh.forEach((one) => one());
  held(false);
}

// The levers are those of another scenario until it is answered; the choice of it keeps the focus.
const held = (still) => [...by("levers").children].slice(2).forEach((of) => (of.inert = still));

function rebuild(labels, preset) {
  const node = by("levers");
  refresh = [];
  const { instruments, presets } = page.start;
  const ready = [{ key: "", name: t("blank") }, ...presets];
  const choose = (preset) => {
    held(true);
    change((next) => Object.assign(next, { preset, scenario: preset ? null : page.start.blank }));
  };
  const story = presets.find((of) => of.key === preset)?.parts ?? [];
  const kinds = [{ key: "", name: t("add.instrument") }, ...instruments.filter((of) => of.offered)];
  const top = el("summary", { id: "levers-name" }, el("h2", {}, t("levers")));
  const which = select("preset", t("preset"), ready, preset, choose);
  const about = fold(t("story"), story.map(told), "scenario-story");
  const policies = labels.length ? labels.map(policy) : el("p", {}, t("empty"));
  const add = select("instrument", t("add"), kinds, "", (kind) => kind && added(kind), t("add.do"));
  const known = (kind) => el("datalist", { id: `all-${kind}` }, page.start[kind].map(option));
  replace(node, top, which, about, policies, add, terms(), LISTS.map(known));
  if (labels.length && !node.querySelector(".policy[open]")) by(`policy-${labels[0]}`).open = true;
}
