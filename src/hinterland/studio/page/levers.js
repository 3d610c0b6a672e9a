// The levers: the scenario's policies, each with the values that the schema of its instrument knows.
import { button, by, el, replace, select } from "./dom.js";
import { change, page, t } from "./state.js";

const PAYERS = ["centre", "province", "firms", "people"];
const LISTS = ["places", "cities", "ports"];
let drawn = "";
let refresh = [];

const given = (label) => page.state.scenario.policies[label];
const shown = (of, value) => Number((value * of.factor).toPrecision(10));
const held = (of, value) => Number((value / of.factor).toPrecision(12));

function set(label, name, value, keep = true) {
  return change((next) => {
    const policy = next.scenario.policies[label];
    if (value === null || value === undefined) delete policy[name];
    else policy[name] = value;
  }, { keep });
}

// A slider and a number for one value; an empty number is none.
function number(id, of, read, write) {
  const slider = el("input", { id, type: "range", min: of.low, max: of.high, step: of.step });
  const digits = el("input", { id: `${id}-n`, type: "number", step: "any", min: of.low, max: of.high });
  const words = of.unit ? `${of.label} (${of.unit})` : of.label;
  for (const input of [slider, digits]) input.setAttribute("aria-label", words);
  const moved = (input, keep) => {
    const value = input.value === "" ? null : held(of, Number(input.value));
    return write(value, keep);
  };
  slider.addEventListener("input", () => {
    digits.value = slider.value;
    moved(slider, false);
  });
  slider.addEventListener("change", () => moved(slider, true));
  digits.addEventListener("change", () => moved(digits, true));
  refresh.push(() => {
    const value = read();
    const there = value === null || value === undefined ? "" : shown(of, value);
    if (document.activeElement !== digits) digits.value = there;
    if (document.activeElement !== slider || !slider.matches(":active")) slider.value = there;
  });
  const range = `${of.low.toLocaleString()} – ${of.high.toLocaleString()} ${of.unit}`;
  const note = [range, of.mark].filter(Boolean).join(" · ");
  return el("div", { class: "value" }, el("span", {}, of.label), slider, digits, el("small", {}, note));
}

// Places, cities or ports: what is chosen, each with a way out, and a field for one more or an expression.
function list(label, of) {
  const now = given(label)[of.name] ?? [];
  const words = page.answer.levers.find((lever) => lever.label === label)?.lists[of.name] ?? now;
  const id = `${label}.${of.name}`;
  const without = (place) => set(label, of.name, now.filter((_, other) => other !== place));
  const chips = now.map((name, place) => {
    const says = `${t("remove")} ${words[place] ?? name}`;
    const cross = button(`${id}-${place}`, "×", () => without(place), { "aria-label": says });
    return el("li", {}, words[place] ?? name, cross);
  });
  const field = el("input", { id, list: `all-${of.kind}`, placeholder: t(`add.${of.kind}`) });
  field.setAttribute("aria-label", `${of.label}: ${t(`add.${of.kind}`)}`);
  field.addEventListener("change", () => {
    const all = page.start[of.kind];
    const said = field.value.trim();
    const meant = all.find((one) => one.name === said)?.key ?? said;
    if (meant) set(label, of.name, [...now, meant]);
  });
  return el("div", { class: "value" }, el("span", {}, of.label), el("ul", { class: "chips" }, chips), field);
}

function payer(label) {
  const now = given(label).payer ?? {};
  const fields = PAYERS.map((who) => {
    const id = `${label}.payer.${who}`;
    const input = el("input", { id, type: "number", min: 0, max: 100, step: "any", value: (now[who] ?? 0) * 100 });
    input.addEventListener("change", () => {
      const whole = { ...now, [who]: Number(input.value) / 100 };
      set(label, "payer", Object.fromEntries(Object.entries(whole).filter(([, share]) => share > 0)));
    });
    return el("label", {}, t(`payer.${who}`), input, "%");
  });
  const rule = button(`${label}.rule`, t("payer.rule"), () => set(label, "payer", null));
  return el("div", { class: "value payer" }, el("span", {}, t("payer")), fields, rule);
}

function control(label, of) {
  const id = `${label}.${of.name}`;
  if (of.kind === "shares") return payer(label);
  if (LISTS.includes(of.kind)) return list(label, of);
  const read = () => given(label)?.[of.name] ?? of.given;
  if (of.kind !== "choice") return number(id, of, read, (value, keep) => set(label, of.name, value, keep));
  return select(id, of.label, of.choices, read(), (value) => set(label, of.name, value));
}

function policy(label, first) {
  const kind = page.start.instruments.find((of) => of.key === given(label).instrument);
  const lever = page.answer.levers.find((of) => of.label === label);
  const size = kind.values.find((of) => of.name === kind.size);
  const own = kind.values.filter((of) => !of.common && of !== size && of.kind !== "choice");
  const chosen = kind.values.filter((of) => of.kind === "choice" || LISTS.includes(of.kind));
  const cost = el("p", { class: "cost" });
  refresh.push(() => {
    const now = page.answer.levers.find((of) => of.label === label);
    cost.textContent = `${t("cost")} ${now?.cost ?? ""}`;
  });
  const mark = el("mark", { class: kind.strength, title: t("evidence") }, `${t("evidence")} ${kind.evidence}`);
  const out = button(`${label}.out`, t("remove"), () => change((next) => delete next.scenario.policies[label]));
  const help = [kind.help, `${t("cost_rule")} ${kind.cost}`, lever?.about, ...kind.findings];
  return el(
    "details",
    { class: "policy", open: first, id: `policy-${label}` },
    el("summary", { id: `${label}.name` }, mark, lever?.name ?? kind.name),
    control(label, size),
    chosen.map((of) => control(label, of)),
    cost,
    more(t("more"), own.filter((of) => !LISTS.includes(of.kind)).map((of) => control(label, of))),
    more(t("dates"), kind.values.filter((of) => of.common).map((of) => control(label, of))),
    more(t("help"), help.filter(Boolean).map((words) => el("p", {}, words))),
    out,
  );
}

const more = (title, parts) => parts.length && el("details", {}, el("summary", {}, title), parts);

function added(kind) {
  change((next) => {
    next.scenario.policies ??= {};
    let label = kind;
    for (let count = 2; label in next.scenario.policies; count += 1) label = `${kind}_${count}`;
    next.scenario.policies[label] = { instrument: kind };
  });
}

export function levers() {
  const { scenario, lang, preset } = page.state;
  const policies = scenario.policies;
  const fixed = Object.entries(policies).map(([label, of]) => {
    const kind = page.start.instruments.find((one) => one.key === of.instrument);
    return [label, kind.key, kind.values.filter((v) => v.kind !== "number").map((v) => of[v.name])];
  });
  const shape = JSON.stringify([lang, preset, fixed]);
  if (shape !== drawn) rebuild(Object.keys(policies), preset);
  drawn = shape;
  for (const one of refresh) one();
}

function rebuild(labels, preset) {
  const node = by("levers");
  const opened = new Set([...node.querySelectorAll("details[open][id]")].map((of) => of.id));
  refresh = [];
  const { start } = page;
  const ready = [{ key: "", name: t("blank") }, ...start.presets.map((of) => ({ key: of.key, name: of.title }))];
  const choose = (key) => change((next) => {
    next.preset = key;
    next.scenario = key ? null : { name: "scenario", title: {}, economy: "china-2020", policies: {} };
  });
  const story = start.presets.find((of) => of.key === preset)?.parts ?? [];
  const told = story.map(([head, words]) => [el("h3", {}, head), el("p", {}, words)]);
  const kinds = [{ key: "", name: t("add.instrument") }, ...start.instruments];
  const lists = LISTS.map((kind) => {
    return el("datalist", { id: `all-${kind}` }, start[kind].map((of) => el("option", { value: of.name })));
  });
  const first = (label) => (opened.size ? opened.has(`policy-${label}`) : label === labels[0]);
  replace(
    node,
    el("h2", {}, t("levers")),
    select("preset", t("preset"), ready, preset, choose),
    story.length ? more(t("story"), told.flat()) : el("p", {}, t("blank.help")),
    labels.length ? labels.map((label) => policy(label, first(label))) : el("p", {}, t("empty")),
    select("instrument", t("add"), kinds, "", (kind) => kind && added(kind)),
    lists,
  );
}
