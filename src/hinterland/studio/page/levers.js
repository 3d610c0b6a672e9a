// The levers: the scenario's policies, each with the values that its instrument knows.
import { button, by, el, more, number, replace, select } from "./dom.js";
import { change, page, t } from "./state.js";

const PAYERS = ["centre", "province", "firms", "people"];
const LISTS = ["places", "cities", "ports"];
let drawn = "";
let refresh = [];

const given = (label) => page.state.scenario.policies[label];
const kindOf = (label) => page.start.instruments.find((of) => of.key === given(label).instrument);
const saidOf = (label) => page.answer.levers.find((of) => of.label === label);

function set(label, name, value, keep = true) {
  const put = (policy) => (value === null ? delete policy[name] : (policy[name] = value));
  return change((next) => put(next.scenario.policies[label]), keep);
}

function numeric(id, of, read, write) {
  const held = (value) => value === null ? null : Number((value / of.factor).toPrecision(12));
  const range = `${of.low.toLocaleString()} – ${of.high.toLocaleString()} ${of.unit}`;
  const note = [range, of.mark].filter(Boolean).join(" · ");
  const [node, show] = number(id, { ...of, note }, (value, keep) => write(held(value), keep));
  const shown = (value) => value === null ? null : Number((value * of.factor).toPrecision(10));
  refresh.push(() => show(shown(read() ?? null)));
  return node;
}

// Places, cities or ports: what is chosen, each with a way out, and a field for one more.
function list(label, of) {
  const now = given(label)[of.name] ?? of.given;
  const words = saidOf(label)?.lists[of.name] ?? now;
  const id = `${label}.${of.name}`;
  const chips = now.map((name, place) => {
    const out = () => set(label, of.name, now.filter((_, other) => other !== place));
    const says = { "aria-label": `${t("remove")} ${words[place] ?? name}` };
    return el("li", {}, words[place] ?? name, button(`${id}-${place}`, "×", out, says));
  });
  const placeholder = t(`add.${of.kind}`);
  const field = el("input", { id, list: `all-${of.kind}`, placeholder });
  field.setAttribute("aria-label", `${of.label}: ${placeholder}`);
  field.addEventListener("change", () => {
    const said = field.value.trim();
    const meant = page.start[of.kind].find((one) => one.name === said)?.key ?? said;
    if (meant) set(label, of.name, [...now, meant]);
  });
  const chosen = el("ul", { class: "chips" }, chips);
  return el("div", { class: "value" }, el("span", {}, of.label), chosen, field);
}

function payer(label) {
  const now = given(label).payer ?? {};
  const fields = PAYERS.map((who) => {
    const value = Number((100 * (now[who] ?? 0)).toPrecision(6));
    const input = el("input", { type: "number", min: 0, max: 100, step: "any", value });
    input.id = `${label}.${who}`;
    input.addEventListener("change", () => {
      const whole = Object.entries({ ...now, [who]: Number(input.value) / 100 });
      set(label, "payer", Object.fromEntries(whole.filter(([, share]) => share > 0)));
    });
    return el("label", {}, t(`payer.${who}`), input, "%");
  });
  const rule = button(`${label}.rule`, t("payer.rule"), () => set(label, "payer", null));
  return el("div", { class: "value" }, el("span", {}, t("payer")), fields, rule);
}

const control = (label) => (of) => {
  const id = `${label}.${of.name}`;
  if (of.kind === "shares") return payer(label);
  if (LISTS.includes(of.kind)) return list(label, of);
  const read = () => given(label)?.[of.name] ?? of.given;
  const write = (value, keep) => set(label, of.name, value, keep);
  if (of.kind !== "choice") return numeric(id, of, read, write);
  return select(id, of.label, of.choices, read(), write);
};

function policy(label, open) {
  const kind = kindOf(label);
  const is = (rank) => (of) => {
    const first = of.name === kind.size || of.kind === "choice" || LISTS.includes(of.kind);
    return rank === (of.common ? 2 : first ? 0 : 1);
  };
  const [first, own, common] = [0, 1, 2].map((rank) => kind.values.filter(is(rank)));
  first.sort((one, other) => (other.name === kind.size) - (one.name === kind.size));
  const cost = el("p", { class: "cost" });
  refresh.push(() => (cost.textContent = `${t("cost")} ${saidOf(label)?.cost ?? "–"}`));
  const mark = el("mark", { class: kind.strength }, `${t("evidence")} ${kind.evidence}`);
  const rule = `${t("cost_rule")} ${kind.cost}`;
  const help = [kind.help, rule, saidOf(label)?.about, ...kind.findings].filter(Boolean);
  const out = () => change((next) => delete next.scenario.policies[label]);
  return el(
    "details",
    { class: "policy", open, id: `policy-${label}` },
    el("summary", { id: `${label}.name` }, mark, saidOf(label)?.name ?? kind.name),
    first.map(control(label)),
    cost,
    more(t("more"), own.map(control(label))),
    more(t("dates"), common.map(control(label))),
    more(t("help"), help.map((words) => el("p", {}, words))),
    button(`${label}.out`, t("remove"), out),
  );
}

function terms() {
  const write = (name) => (value, keep = true) => {
    const put = (of) => (value === null ? delete of[name] : (of[name] = value));
    change((next) => put(next.scenario), keep);
  };
  const fields = page.start.terms.map((of) => {
    const read = () => page.state.scenario[of.name] ?? of.given;
    if (of.choices.length) return select(of.name, of.label, of.choices, read(), write(of.name));
    return numeric(of.name, of, read, write(of.name));
  });
  return more(t("terms"), fields);
}

async function added(instrument) {
  const { policies = {} } = page.state.scenario;
  let label = instrument;
  for (let count = 2; label in policies; count += 1) label = `${instrument}_${count}`;
  await change((next) => (next.scenario.policies = { ...policies, [label]: { instrument } }));
  by(`policy-${label}`).open = true;
  by(`${label}.name`).focus();
}

export function levers() {
  const { scenario, lang, preset } = page.state;
  const fixed = Object.keys(scenario.policies ?? {}).map((label) => {
    const lists = kindOf(label).values.filter((of) => of.kind !== "number");
    return [label, saidOf(label)?.name, lists.map((of) => given(label)[of.name])];
  });
  const shape = JSON.stringify([lang, preset, scenario.closure, fixed]);
  if (shape !== drawn) rebuild(Object.keys(scenario.policies ?? {}), preset);
  drawn = shape;
  for (const one of refresh) one();
}

function rebuild(labels, preset) {
  const node = by("levers");
  const opened = [...node.querySelectorAll(".policy[open]")].map((of) => of.id);
  const shown = opened.length ? opened : [`policy-${labels[0]}`];
  refresh = [];
  const ready = [{ key: "", name: t("blank") }, ...page.start.presets];
  const choose = (key) => change((next) => {
    next.preset = key;
    next.scenario = key ? null : { economy: "china-2020", policies: {} };
  });
  const story = page.start.presets.find((of) => of.key === preset)?.parts ?? [];
  const offered = page.start.instruments.filter((of) => of.offered);
  const kinds = [{ key: "", name: t("add.instrument") }, ...offered];
  replace(
    node,
    el("h2", {}, t("levers")),
    select("preset", t("preset"), ready, preset, choose),
    more(t("story"), story.map(([head, words]) => [el("h3", {}, head), el("p", {}, words)])),
    labels.map((label) => policy(label, shown.includes(`policy-${label}`))),
    labels.length ? null : el("p", {}, t("empty")),
    select("instrument", t("add"), kinds, "", (kind) => kind && added(kind)),
    terms(),
    LISTS.map((kind) => {
      const names = page.start[kind].map((of) => el("option", { value: of.name }));
      return el("datalist", { id: `all-${kind}` }, names);
    }),
  );
}
