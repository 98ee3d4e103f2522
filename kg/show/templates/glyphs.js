// Shapes and colours, the same in the legend (SVG) and on the canvas (Path2D); all fit -12…12.
// Colours after Okabe and Ito (2008), told apart by colour-blind readers; shape says it again.
const GLYPHS = {
  Person: ["#0072b2", "M0-11A11 11 0 1 1 0 11A11 11 0 1 1 0-11Z"],
  ArmedGroup: ["#d55e00", "M0-12L12 9L-12 9Z"],
  ArmedForce: ["#e69f00", "M-12-9L12-9L0 12Z"],
  Coalition: ["#c2649a", "M-6-10.5L6-10.5L12 0L6 10.5L-6 10.5L-12 0Z"],
  State: ["#009e73", "M-10-10H10V10H-10Z"],
  Institution: ["#3f9bd6", "M0-12L12 0L0 12L-12 0Z"],
  PopulationGroup: ["#8073ac", "M-4.5-11A5.4 5.4 0 0 1 5.4-7.5A5.4 5.4 0 0 1 3.4-1A6 6 0 1 1 1 8.6A6 6 0 1 1-6-.2A5.4 5.4 0 0 1-4.5-11Z"],
  Place: ["#6b7683", "M0 12C-4 6-9 1.5-9-3.5A9 8.5 0 0 1 9-3.5C9 1.5 4 6 0 12Z"],
  Facility: ["#8a5a2b", "M0-12L12-2.5H9V10.5H-9V-2.5H-12Z"],
  Equipment: ["#8f8a00", "M-4-11H4V-4H11V4H4V11H-4V4H-11V-4H-4Z"],
};
const OTHER = ["#555f69", "M-9-9H9V9H-9Z"];
const FAMILY_COLOURS = { violence: "#a4161a", troops: "#7a5c00", justice: "#4a4e9e", politics: "#1d6a73", speech: "#7b3fa0" };
const TIE_COLOUR = "#51677f";
const glyphOf = (type) => GLYPHS[type] ?? OTHER;
const paths = new Map();
const pathOf = (type) => paths.get(type) ?? paths.set(type, new Path2D(glyphOf(type)[1])).get(type);
const SVG = "http://www.w3.org/2000/svg";

function svg(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || key === "role") made.setAttribute(key, value);
    else made[key] = value;
  }
  made.append(...children);  // strings become text nodes: nothing from an article is ever HTML
  return made;
}

// Something that is chosen by a click or by the keyboard.
function choice(name, properties, choose, ...children) {
  return element(name, { ...properties, tabIndex: 0, onclick: choose, onkeydown: (event) => { if (event.key === "Enter") choose(); } }, ...children);
}

function glyph(node, size = 16) {
  const box = { viewBox: "-13 -13 26 26", width: size, height: size, "aria-hidden": "true" };
  if (node.kind === "event") {
    return svg("svg", box, svg("rect", { x: -11, y: -8, width: 22, height: 16, rx: 4, fill: "#fff", stroke: FAMILY_COLOURS[familyOf(node.type)], "stroke-width": 3 }));
  }
  const [fill, d] = glyphOf(node.type);
  const shape = { d, fill, stroke: "#fff" };
  return svg("svg", box, svg("path", shape));
}

function line(status, colour = "#3b4754") {
  const dash = { alleged: "7 4", planned: "2 3", denied: "1 5", negated: "1 5" }[status] ?? "none";
  return svg("svg", { width: 34, height: 10, viewBox: "0 0 34 10", "aria-hidden": "true" },
    svg("line", { x1: 0, y1: 5, x2: 27, y2: 5, stroke: colour, "stroke-width": 2, "stroke-dasharray": dash }),
    svg("path", { d: "M26 1L34 5L26 9Z", fill: colour }));
}
