// Buttons, search, keys, and the first view.
const searchBox = document.getElementById("search");
const suggestions = document.getElementById("suggestions");

function refresh() {
  redraw();
}

function setView(view) {
  const isTable = view === "table";
  const isNew = !isTable && state.view !== view;
  if (!isTable) state.view = view;
  table.hidden = !isTable;
  for (const name of ["events", "direct", "table"]) {
    document.getElementById(`view-${name}`).setAttribute("aria-pressed", String(isTable ? name === "table" : name === view));
  }
  redraw({ fit: isNew });
}

function suggest() {
  const found = findByName(searchBox.value);
  suggestions.replaceChildren(...found.map((node, number) => element("li", {
    role: "option", "aria-selected": String(number === 0), onmousedown: (event) => { event.preventDefault(); choose(node); },
  }, glyph(node, 15), element("span", { textContent: node.label.replace("\n", ", ") }), element("small", { textContent: typeLabel(node.type) }))));
  suggestions.hidden = found.length === 0;
  searchBox.setAttribute("aria-expanded", String(found.length > 0));
  return found;
}

function choose(node) {
  suggestions.hidden = true;
  searchBox.value = node.label.replace("\n", ", ");
  if (node.kind === "event" && state.view === "direct") setView("events");
  if (!table.hidden) setView(state.view);
  select("node", node.id, { centre: true });
}

searchBox.addEventListener("input", suggest);
searchBox.addEventListener("blur", () => { suggestions.hidden = true; });
searchBox.addEventListener("keydown", (event) => {
  const items = [...suggestions.children];
  const at = items.findIndex((each) => each.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const next = (at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % Math.max(1, items.length);
    items.forEach((each, number) => each.setAttribute("aria-selected", String(number === next)));
  } else if (event.key === "Enter") {
    const found = findByName(searchBox.value);
    if (found.length) choose(found[Math.max(0, at)] ?? found[0]);
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== searchBox) { event.preventDefault(); searchBox.select(); }
  if (event.key === "Escape") { pathFrom = null; searchBox.value = ""; suggestions.hidden = true; unselect(); }
});

for (const view of ["events", "direct", "table"]) document.getElementById(`view-${view}`).addEventListener("click", () => setView(view));
document.getElementById("save-png").addEventListener("click", savePng);
document.getElementById("save-csv").addEventListener("click", saveCsv);
document.getElementById("reset").addEventListener("click", () => reset());
document.getElementById("zoom-in").addEventListener("click", () => network.moveTo({ scale: network.getScale() * 1.25 }));
document.getElementById("zoom-out").addEventListener("click", () => network.moveTo({ scale: network.getScale() / 1.25 }));
document.getElementById("zoom-fit").addEventListener("click", () => fitAll());
network.on("click", ({ nodes: [node], edges: [edge] }) => {
  if (node !== undefined) select("node", node);
  else if (edge !== undefined) select("edge", edge);
  else if (state.selected || state.path) unselect();
});
network.on("doubleClick", ({ nodes: [node] }) => { if (node !== undefined) expand(node); });
network.on("dragEnd", ({ nodes: moved }) => {
  for (const id of moved) {
    const { x, y } = network.getPosition(id);
    if (state.scope) local.set(id, { x, y });
    else Object.assign(nodes.get(id), state.view === "events" ? { x, y } : { fx: x, fy: y });
  }
});
window.addEventListener("resize", () => network.redraw());

function reset({ isFirst = false } = {}) {
  for (const off of Object.values(state.off)) off.clear();
  Object.assign(state, { period: null, undated: true, loose: true, path: null, selected: null, scope: null, view: start.mode ?? "events" });
  pathFrom = null;
  searchBox.value = "";
  panel.hidden = true;
  say(null);
  if (start.shown) {
    state.scope = new Set(start.shown);
    const all = [...nodes.values()].filter((node) => node.kind === "entity").length;
    const rest = start.left_out ? ` (${start.left_out} nœuds de plus dans le graphe : kg draw --focus NOM)` : "";
    say(`Les ${start.shown.length} entités les plus liées sur ${all} : cherchez ou dépliez${rest}`, "Tout afficher", showAll);
  }
  if (start.focus) {
    state.scope = within(start.focus, start.hops);
    state.selected = { kind: "node", id: start.focus };
    say(`Autour de ${nodes.get(start.focus).label.replace("\n", ", ")}`, "Tout afficher", showAll);
  }
  if (isFirst) takeView();
  makeFilters();
  makeTimeLine();
  if (state.selected) showPanel();
  setView(state.view);
  fitAll();
}

document.getElementById("legend-lines").replaceChildren(
  element("span", {}, line("asserted"), "fait rapporté"),
  element("span", {}, line("alleged"), "allégation"),
  element("span", {}, line("planned"), "prévu"),
  element("span", { textContent: "agent → événement → cible" }));
Object.assign(window, { network, nodes: drawnNodes, edges: drawnEdges });  // as pyvis's own pages have them
reset({ isFirst: true });
document.body.dataset.ready = "yes";
