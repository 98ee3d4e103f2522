// The graph as data, and what is visible of it. No drawing here.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const details = read("graph-details");
const start = read("graph-start");
const nodes = new Map(read("graph-nodes").map((node) => [node.id, { names: [], statements: [], notes: [], ...node, ...details.nodes[node.id], drawn: node.label }]));
const edges = new Map(read("graph-edges").map((edge) => [edge.id, { by: [], events: [], statements: [], ...edge, ...details.edges[edge.id] }]));
const ties = new Map([...nodes.keys()].map((id) => [id, []]));
for (const edge of edges.values()) {
  ties.get(edge.from).push(edge);
  if (edge.to !== edge.from) ties.get(edge.to).push(edge);
}
for (const node of nodes.values()) {
  for (const key of ["statements", "names", "notes"]) node[key] = node[key] ?? [];
}

const FAMILIES = {
  violence: ["Attack", "Clash", "Offensive", "Seizure", "Coup"],
  troops: ["Deployment", "Withdrawal"],
  justice: ["Arrest", "Release", "Trial"],
  politics: ["Vote", "Election", "Appointment", "Resignation", "Agreement", "Meeting", "Sanction", "Aid", "Protest"],
  speech: ["Accusation", "ClaimOfResponsibility", "Denial", "Threat", "Demand", "Condemnation", "Promise"],
};
const FAMILY = Object.fromEntries(Object.entries(FAMILIES).flatMap(([family, types]) => types.map((type) => [type, family])));
const familyOf = (type) => FAMILY[type] ?? "politics";
const ROLES = new Set(["agent", "allegedAgent", "target", "allegedTarget", "place", "about", "victims"]);
const STATUS = { asserted: "fait rapporté", alleged: "allégation", denied: "démenti", negated: "nié", planned: "prévu" };
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const typeLabel = (type) => capital(details.types[type] ?? type);
const byFrench = (a, b) => a.localeCompare(b, "fr");
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/’/g, "'").toLowerCase();

const state = {
  view: start.mode ?? "events",  // or "direct"
  off: { entity: new Set(), event: new Set(), tie: new Set(), status: new Set(), source: new Set() },
  period: null,                  // [first, last] as ISO dates, or null for all
  undated: true,
  loose: true,                   // also show nodes without a visible tie
  scope: null,                   // a Set of entities, or null for all
  path: null,                    // { nodes: Set, edges: Set } of a path found
  selected: null,                // { kind: "node" | "edge", id }
};

const sourceOf = (statement) => String(details.sentences[details.statements[statement].sentence].article);
const articlesOf = (thing) => [...new Set(thing.statements.map(sourceOf))];
const isFromShownSource = (thing) => thing.statements.length === 0 || state.off.source.size === 0
  || articlesOf(thing).some((article) => !state.off.source.has(article));

function isInPeriod(event) {
  if (!event.earliest) return state.undated;
  return !state.period || (event.earliest <= state.period[1] && event.latest >= state.period[0]);
}

function isEventShown(event) {
  return !state.off.event.has(event.type) && !state.off.status.has(event.status ?? "asserted") && isInPeriod(event) && isFromShownSource(event);
}

function isTieShown(edge, view = state.view) {
  if (edge.view !== "both" && edge.view !== view) return false;
  if (state.off.status.has(edge.status ?? "asserted") || state.off.tie.has(edge.type) || !isFromShownSource(edge)) return false;
  return edge.events.length === 0 || edge.events.some((id) => isEventShown(nodes.get(id)));
}

const participants = (event) => ties.get(event.id).map((edge) => (edge.from === event.id ? edge.to : edge.from)).filter((id) => nodes.get(id).kind === "entity");

function isInScope(node) {
  if (!state.scope) return true;
  if (node.kind === "entity") return state.scope.has(node.id);
  if (state.scope.has(node.id)) return true;
  const all = [...new Set(participants(node))];
  return all.filter((id) => state.scope.has(id)).length >= Math.min(2, all.length) && all.length > 0;
}

// All that passes the filters: nodes and edges to draw, in the order of the data.
function visible() {
  const shown = new Set();
  for (const node of nodes.values()) {
    if (!isInScope(node)) continue;
    if (node.kind === "event" ? state.view === "events" && isEventShown(node) : !state.off.entity.has(node.type)) shown.add(node.id);
  }
  const drawn = [...edges.values()].filter((edge) => shown.has(edge.from) && shown.has(edge.to) && isTieShown(edge));
  if (!state.loose || isFiltered()) {
    const tied = new Set(drawn.flatMap((edge) => [edge.from, edge.to]));
    for (const id of shown) {
      const node = nodes.get(id);
      if (node.kind === "entity" && !tied.has(id) && !(state.scope?.size === 1)) shown.delete(id);
    }
  }
  return { nodes: [...shown].map((id) => nodes.get(id)), edges: drawn };
}

const isFiltered = () => state.period !== null || !state.undated || ["event", "tie", "status", "source"].some((kind) => state.off[kind].size > 0) || state.view === "direct";

// The entities within some hops; an event between two entities is no hop of its own.
function within(id, hops) {
  let reached = new Set(nodes.get(id).kind === "event" ? [id, ...participants(nodes.get(id))] : [id]);
  for (let hop = 0; hop < hops; hop++) {
    const next = new Set(reached);
    for (const each of reached) for (const near of neighbours(each)) next.add(near);
    reached = next;
  }
  return reached;
}

function neighbours(id) {
  const found = new Set();
  for (const edge of ties.get(id)) {
    if (!isTieShown(edge, "events") && !isTieShown(edge, "direct")) continue;
    const other = edge.from === id ? edge.to : edge.from;
    if (nodes.get(other).kind === "entity") found.add(other);
    else if (isEventShown(nodes.get(other))) participants(nodes.get(other)).forEach((each) => found.add(each));
  }
  return found;
}

// The shortest path over all ties that pass the filters, places last because they tie everything.
function findPath(from, to) {
  for (const withPlaces of [false, true]) {
    const came = new Map([[from, null]]);
    let border = [from];
    while (border.length && !came.has(to)) {
      const next = [];
      for (const id of border) {
        for (const edge of ties.get(id)) {
          if (!withPlaces && (edge.type === "place" || edge.type === "locatedIn")) continue;
          if (!isTieShown(edge, state.view)) continue;
          const other = edge.from === id ? edge.to : edge.from;
          if (came.has(other) || (nodes.get(other).kind === "event" && !isEventShown(nodes.get(other)))) continue;
          came.set(other, edge);
          next.push(other);
        }
      }
      border = next;
    }
    if (!came.has(to)) continue;
    const path = { nodes: new Set([to]), edges: new Set() };
    for (let at = to; came.get(at); ) {
      const edge = came.get(at);
      path.edges.add(edge.id);
      at = edge.from === at ? edge.to : edge.from;
      path.nodes.add(at);
    }
    return path;
  }
  return null;
}

function findByName(words) {
  const wanted = fold(words.trim());
  if (!wanted) return [];
  const scored = [];
  for (const node of nodes.values()) {
    const all = [node.label, ...node.names].map(fold);
    const best = Math.min(...all.map((name) => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(` ${wanted}`) ? 2 : name.includes(wanted) ? 3 : 9)));
    if (best < 9) scored.push([best, node.kind === "event" ? 1 : 0, -node.degree, node]);
  }
  scored.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || byFrench(a[3].label, b[3].label));
  return scored.slice(0, 12).map((row) => row[3]);
}
