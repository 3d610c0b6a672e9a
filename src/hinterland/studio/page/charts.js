// Charts: embedded once, then only their data change, while the spec without its data is the same.
import { page } from "./state.js";
const { fontFamily: font } = getComputedStyle(document.body);
const STRICT = { ast: true, defaultStyle: false, tooltip: { disableDefaultStyle: true } };
const OPTIONS = { ...STRICT, actions: false, renderer: "svg", logLevel: 1 };
const views = new WeakMap();
let library = null;

function loaded() {
  library ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    Object.assign(script, { src: "/charts.js", onload: done, onerror: failed });
    document.head.append(script);
  });
  return library;
}

export async function draw(node, spec, data) {
  await loaded();
  node.classList.add("chart");
  const inner = node.firstChild ?? node.appendChild(document.createElement("div"));
  inner.setAttribute("aria-hidden", "true"); // the sentence of its frame is told in its place
  const shape = JSON.stringify(spec);
  const known = views.get(node);
  if (known?.shape === shape) {
    const view = await known.view;
    for (const [name, rows] of Object.entries(data)) view.data(name, rows);
    await view.runAsync();
    return view;
  }
  const whole = { ...spec, datasets: data, config: { ...page.start.config, font } };
  const view = window.vegaEmbed(inner, whole, OPTIONS).then((made) => made.view);
  view.then(() => (node.tabIndex = node.scrollWidth > node.clientWidth ? 0 : -1)); // to scroll it
  views.set(node, { shape, view });
  return view;
}
