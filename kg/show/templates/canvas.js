// vis-network's canvas: how nodes and edges are drawn, what is dimmed, where nodes stand.
const drawnNodes = new vis.DataSet();
const drawnEdges = new vis.DataSet();
let lit = null;  // a Set of node ids that stay bright, or null for all

const FONT = '"Inter","Segoe UI",system-ui,"DejaVu Sans",sans-serif';
const DASHES = { alleged: [8, 6], planned: [2, 5], denied: [1, 6], negated: [1, 6] };
const radiusOf = (node) => 11 + Math.min(9, Math.sqrt(node.degree) * 1.9);

function eventCard({ ctx, id, x, y, state: { selected, hover } }) {
  const node = nodes.get(id);
  const colour = FAMILY_COLOURS[familyOf(node.type)];
  const rows = node.drawn.split("\n");
  const height = rows.length * 15 + 12;
  ctx.font = `600 12.5px ${FONT}`;
  const width = Math.max(...rows.map((row) => ctx.measureText(row).width)) + 20;
  const drawNode = () => {
    ctx.save();
    ctx.globalAlpha = lit && !lit.has(id) ? 0.16 : 1;
    ctx.beginPath();
    ctx.roundRect(x - width / 2, y - height / 2, width, height, 6);
    ctx.fillStyle = selected ? "#fff4cc" : hover ? "#f3f6f9" : "#ffffff";
    ctx.fill();
    ctx.lineWidth = selected ? 3 : 1.6;
    ctx.strokeStyle = colour;
    ctx.setLineDash(DASHES[node.status] ?? []);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    rows.forEach((row, number) => {
      ctx.font = number === 0 ? `600 12.5px ${FONT}` : `11.5px ${FONT}`;
      ctx.fillStyle = number === 0 ? colour : "#4a5560";
      ctx.fillText(row, x, y - height / 2 + 13.5 + number * 15);
    });
    ctx.restore();
  };
  return { drawNode, nodeDimensions: { width, height } };
}

function entityGlyph({ ctx, id, x, y, state: { selected, hover } }) {
  const node = nodes.get(id);
  const radius = radiusOf(node);
  const bright = !lit || lit.has(id);
  const drawNode = () => {
    ctx.save();
    ctx.globalAlpha = bright ? 1 : 0.16;
    ctx.translate(x, y);
    ctx.scale(radius / 12, radius / 12);
    const path = pathOf(node.type);
    ctx.lineJoin = "round";
    ctx.lineWidth = selected ? 8 : hover ? 6 : 3;
    ctx.strokeStyle = selected ? "#ffcf33" : hover ? "#cfe0ee" : "#ffffff";
    ctx.stroke(path);
    ctx.fillStyle = glyphOf(node.type)[0];
    ctx.fill(path);
    ctx.restore();
  };
  const drawExternalLabel = () => {
    const small = network.getScale() < 0.42 && node.degree < 4 && !(lit && bright);
    if (small) return;
    ctx.save();
    ctx.globalAlpha = bright ? 1 : 0.16;
    ctx.font = `${selected ? "700" : "550"} 13px ${FONT}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "top";
    ctx.lineJoin = "round";
    node.drawn.split("\n").forEach((row, number) => {
      const top = y + radius + 4 + number * 15;
      ctx.lineWidth = 4;
      ctx.strokeStyle = "#f7f8f6";
      ctx.strokeText(row, x, top);
      ctx.fillStyle = "#1f2933";
      ctx.fillText(row, x, top);
    });
    ctx.restore();
  };
  return { drawNode, drawExternalLabel, nodeDimensions: { width: radius * 2, height: radius * 2 } };
}

function colourOfEdge(edge) {
  if (edge.type === "place" || edge.type === "locatedIn") return "#b7bec7";
  if (edge.status === "denied" || edge.status === "negated") return "#8d8d8d";
  const event = [edge.from, edge.to, ...edge.events].map((id) => nodes.get(id)).find((node) => node.kind === "event");
  return event ? FAMILY_COLOURS[familyOf(event.type)] : TIE_COLOUR;
}

function labelOfEdge(edge) {
  const isRole = ROLES.has(edge.type);
  const by = edge.by.length ? `selon ${edge.by[0]}${edge.by.length > 1 ? "…" : ""}` : null;
  if (edge.status === "alleged") return isRole ? by ?? "allégation" : [edge.label.replaceAll(", ", "\n"), by].filter(Boolean).join("\n");
  if (edge.status === "denied" || edge.status === "negated") return `${edge.label} : ${STATUS[edge.status]}`;
  return isRole || edge.type === "locatedIn" ? undefined : edge.label.replace(/(.{12,}?), /g, "$1,\n");
}

function titleOfEdge(edge) {
  const ends = `${nodes.get(edge.from).label.replace("\n", ", ")} → ${nodes.get(edge.to).label.replace("\n", ", ")}`;
  return `${edge.label} (${STATUS[edge.status ?? "asserted"]})\n${ends}`;
}

function drawnEdge(edge, turn) {
  const colour = colourOfEdge(edge);
  const isQuiet = edge.type === "place" || edge.type === "locatedIn";
  const dim = (lit && !(lit.has(edge.from) && lit.has(edge.to))) || (state.path && !state.path.edges.has(edge.id));
  return {
    id: edge.id, from: edge.from, to: edge.to, title: titleOfEdge(edge), words: dim ? undefined : labelOfEdge(edge), turn,
    dashes: DASHES[edge.status] ?? false,
    width: state.path?.edges.has(edge.id) ? 4 : isQuiet ? 1 : edge.type === "inRetaliationFor" ? 2.6 : 1 + Math.min(3, 0.8 * Math.max(1, edge.events.length)),
    color: { color: colour, hover: colour, highlight: colour, opacity: dim ? 0.08 : isQuiet ? 0.75 : 0.9 },
    arrows: isQuiet ? "" : { to: { enabled: true, scaleFactor: 0.62 } },
    smooth: turn === 0 ? false : { enabled: true, type: turn > 0 ? "curvedCW" : "curvedCCW", roundness: 0.2 + 0.12 * (Math.abs(turn) - 1) },
  };
}

function placeOf(node) {
  if (state.scope && local.has(node.id)) return local.get(node.id);
  return state.view === "events" ? { x: node.x, y: node.y } : { x: node.fx, y: node.fy };
}

function drawnNode(node) {
  const place = placeOf(node);
  return { id: node.id, label: node.label, shape: "custom", ctxRenderer: node.kind === "event" ? eventCard : entityGlyph, title: tooltip(node), ...place };
}

function tooltip(node) {
  const names = node.names.filter((name) => name !== node.label).slice(0, 4);
  return [node.label.replace("\n", ", "), typeLabel(node.type), ...names].join("\n");
}

// Edges between the same two nodes are bent apart.
function turns(list) {
  const seen = new Map();
  return list.map((edge) => {
    const pair = [edge.from, edge.to].sort().join("\u0000");
    const count = (seen.get(pair) ?? 0) + 1;
    seen.set(pair, count);
    return count === 1 ? 0 : edge.from < edge.to ? count - 1 : 1 - count;
  });
}

// How far the border of a node with its label is from its centre, in a direction.
function borderOf(node, angle) {
  const [dx, dy] = [Math.abs(Math.cos(angle)), Math.sin(angle)];
  if (node.kind === "event") return Math.min(node.width / 2 / Math.max(dx, 1e-6), node.up / Math.max(Math.abs(dy), 1e-6)) + 1;
  const radius = radiusOf(node) + 3;
  const meetsLabel = dy > 0 && (radius * dx) / dy <= node.width / 2;
  return meetsLabel ? Math.min((node.down + 2) / dy, node.width / 2 / Math.max(dx, 1e-6)) : radius;
}

// Arrows end outside the label below a node, not under it.
function mindLabels() {
  for (const { shape, id } of Object.values(network.body.nodes)) {
    if (shape && nodes.has(id)) shape.distanceToBorder = (_, angle) => borderOf(nodes.get(id), angle + Math.PI);
  }
}

// The words on an edge stand in the middle of what is seen of it.
function writeOnEdges(ctx) {
  if (network.getScale() < 0.4) return;
  ctx.save();
  ctx.font = `11.5px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  drawnEdges.forEach((edge) => {
    if (!edge.words) return;
    const { x, y } = middleOf(edge);
    edge.words.split("\n").forEach((row, number, rows) => {
      const at = y + (number - (rows.length - 1) / 2) * 13;
      ctx.lineWidth = 4;
      ctx.strokeStyle = "#f7f8f6";
      ctx.strokeText(row, x, at);
      ctx.fillStyle = "#3a4653";
      ctx.fillText(row, x, at);
    });
  });
  ctx.restore();
}

function middleOf(edge) {
  const { [edge.from]: a, [edge.to]: b } = network.getPositions([edge.from, edge.to]);
  if (edge.turn !== 0) {  // the words of parallel edges stand one before the other
    const { edgeType } = network.body.edges[edge.id];
    return edgeType.getPoint(0.5 + [0, -0.11, 0.11, -0.18, 0.18][Math.abs(edge.turn) % 5], edgeType.getViaNode());
  }
  const angle = Math.atan2(b.y - a.y, b.x - a.x);
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  const first = borderOf(nodes.get(edge.from), angle);
  const last = length - borderOf(nodes.get(edge.to), angle + Math.PI);
  const at = first < last ? (first + last) / 2 : length / 2;
  return { x: a.x + Math.cos(angle) * at, y: a.y + Math.sin(angle) * at };
}

const network = new vis.Network(document.getElementById("network"), { nodes: drawnNodes, edges: drawnEdges }, {
  physics: false,
  interaction: { hover: true, tooltipDelay: 250, hideEdgesOnDrag: false, multiselect: false, keyboard: false },
  edges: { selectionWidth: 2, hoverWidth: 0.6, arrowStrikethrough: false },
  layout: { improvedLayout: false },
});

network.on("afterDrawing", writeOnEdges);

function redraw({ fit = false } = {}) {
  const now = visible();
  const keep = new Set(now.nodes.map((node) => node.id));
  if (state.scope) arrange(now);
  else local.clear();
  lit = state.path ? state.path.nodes : litBySelection(now);
  drawnEdges.clear();
  drawnNodes.remove(drawnNodes.getIds().filter((id) => !keep.has(id)));
  drawnNodes.update(now.nodes.map(drawnNode));
  mindLabels();
  const bent = turns(now.edges);
  drawnEdges.add(now.edges.map((edge, number) => drawnEdge(edge, bent[number])));
  if (state.selected?.kind === "node" && keep.has(state.selected.id)) network.selectNodes([state.selected.id], false);
  if (state.selected?.kind === "edge" && drawnEdges.get(state.selected.id)) network.selectEdges([state.selected.id]);
  if (fit) fitAll();
  showCounts(now);
  noteView();
}

function litBySelection(now) {
  if (!state.selected) return null;
  if (state.selected.kind === "edge") {
    const edge = edges.get(state.selected.id);
    return new Set([edge.from, edge.to]);
  }
  const near = new Set([state.selected.id]);
  for (const edge of now.edges) {
    if (edge.from === state.selected.id) near.add(edge.to);
    if (edge.to === state.selected.id) near.add(edge.from);
  }
  for (const edge of now.edges) {  // the other participants of an entity's events
    for (const [one, other] of [[edge.from, edge.to], [edge.to, edge.from]]) {
      if (near.has(one) && nodes.get(one).kind === "event" && nodes.get(state.selected.id).kind === "entity" && edge.type !== "place") near.add(other);
    }
  }
  return near;
}

// Show these nodes, labels included, as large as the window allows.
function fitAll(ids = drawnNodes.getIds()) {
  if (!ids.length) return;
  const places = network.getPositions(ids);
  const area = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const id of ids) {
    const { x, y } = places[id];
    const { width, up, down } = nodes.get(id);
    area.left = Math.min(area.left, x - width / 2);
    area.right = Math.max(area.right, x + width / 2);
    area.top = Math.min(area.top, y - up);
    area.bottom = Math.max(area.bottom, y + down);
  }
  network.setSize("100%", "100%");  // the panel may have opened or closed just now
  const window = document.getElementById("network").getBoundingClientRect();
  const banner = document.getElementById("banner").hidden ? 0 : 44;
  const scale = Math.min((window.width - 84) / (area.right - area.left), (window.height - 62 - banner) / (area.bottom - area.top), 1.35);
  const shift = (12 - banner / 2) / scale;  // room for the legend of lines below and the banner above
  network.moveTo({ position: { x: (area.left + area.right) / 2 + 22 / scale, y: (area.top + area.bottom) / 2 + shift }, scale: Math.max(scale, 0.05), animation: false });
}

// Bring nodes back into the window when the panel that opened has pushed them out of it.
function keepInView(ids) {
  network.setSize("100%", "100%");
  const { width, height } = document.getElementById("network").getBoundingClientRect();
  const isOut = (id) => {
    const { x, y } = network.canvasToDOM(network.getPosition(id));
    return x < 30 || y < 30 || x > width - 30 || y > height - 30;
  };
  const drawn = ids.filter((id) => drawnNodes.get(id));
  if (drawn.some(isOut)) fitAll(drawn.length > 1 ? drawn : undefined);
}
