// Charts: embedded once, then only their data change, as long as the spec without its data is the same.
const CONFIG = {
  background: "transparent",
  font: getComputedStyle(document.body).fontFamily,
  view: { stroke: null },
  aria: false,
  axis: { labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", labelLimit: 260 },
  legend: { labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", labelLimit: 420 },
  header: { labelFontSize: 12 },
  text: { fontSize: 12, color: "#222222" },
};
const INK = { labelColor: "#222222", titleColor: "#444444" };
for (const part of ["axis", "legend", "header"]) Object.assign(CONFIG[part], INK);
const views = new WeakMap();
let library = null;

function loaded() {
  library ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = "/charts.js";
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  return library;
}

export async function draw(node, spec, data) {
  await loaded();
  const shape = JSON.stringify(spec);
  const known = views.get(node);
  if (known?.shape === shape) {
    const view = await known.view;
    for (const [name, rows] of Object.entries(data)) view.data(name, rows);
    await view.runAsync();
    return view;
  }
  const options = { ast: true, actions: false, renderer: "svg", defaultStyle: false };
  options.logLevel = 1;
  options.tooltip = { disableDefaultStyle: true };
  const whole = { ...spec, datasets: data, config: CONFIG };
  const view = window.vegaEmbed(node, whole, options).then((made) => made.view);
  views.set(node, { shape, view });
  return view;
}
