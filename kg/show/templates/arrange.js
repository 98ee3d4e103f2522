// A layout of its own for a part of the graph (a focus, its hops, the first view of a large graph).
// Springs and repulsion from the present places, then boxes are pushed apart; no randomness.
const local = new Map();  // node id → { x, y } while a scope is set
let arranged = "";

function arrange({ nodes: shown, edges: drawn }) {
  const key = `${state.view}|${shown.map((node) => node.id).join("|")}`;
  if (key === arranged || shown.length > 400) return;
  arranged = key;
  const length = 150 + Math.min(60, shown.length);
  const points = shown.map((node, number) => ({ node, ...(local.get(node.id) ?? besideKnown(node, number)) }));
  const index = new Map(points.map((point, number) => [point.node.id, number]));
  const springs = [...new Map(drawn.filter((edge) => edge.from !== edge.to).map((edge) => [[edge.from, edge.to].sort().join("|"), edge])).values()].map((edge) => [points[index.get(edge.from)], points[index.get(edge.to)]]);
  const rounds = Math.round(Math.min(260, Math.max(40, 16000 / points.length)));
  for (let round = 0; round < rounds; round++) {
    const most = 40 * (1 - round / rounds) + 0.5;
    for (const point of points) Object.assign(point, { px: -point.x * 0.02, py: -point.y * 0.04 });
    for (let i = 0; i < points.length; i++) for (let j = i + 1; j < points.length; j++) repel(points[i], points[j], length);
    for (const [one, other] of springs) attract(one, other, length);
    for (const point of points) {
      const size = Math.hypot(point.px, point.py) || 1;
      point.x += (point.px / size) * Math.min(size, most) * 1.25;
      point.y += (point.py / size) * Math.min(size, most) * 0.85;
    }
  }
  pushApart(points);
  pack(points, springs);
  local.clear();
  for (const { node, x, y } of points) local.set(node.id, { x: Math.round(x), y: Math.round(y) });
}

function besideKnown(node, number) {
  const known = ties.get(node.id).map((edge) => local.get(edge.from === node.id ? edge.to : edge.from)).find(Boolean);
  const angle = number * 2.399963;  // the golden angle spreads starting places evenly
  const radius = known ? 90 : 40 * Math.sqrt(number + 1);
  return { x: (known?.x ?? 0) + radius * Math.cos(angle), y: (known?.y ?? 0) + radius * Math.sin(angle) };
}

function repel(one, other, length) {
  const dx = other.x - one.x || 0.1;
  const dy = other.y - one.y || 0.1;
  const distance = Math.max(20, Math.sqrt(dx * dx + dy * dy));
  if (distance > 2.5 * length) return;  // far parts do not drive each other away
  const force = Math.min(60, (length * length) / distance / 4) / distance;
  one.px -= dx * force;
  one.py -= dy * force;
  other.px += dx * force;
  other.py += dy * force;
}

function attract(one, other, length) {
  const [dx, dy] = [other.x - one.x, other.y - one.y];
  const force = Math.max(1, Math.hypot(dx, dy)) / length / 2.5;
  one.px += dx * force;
  one.py += dy * force;
  other.px -= dx * force;
  other.py -= dy * force;
}

function pushApart(points) {
  for (let round = 0; round < 80; round++) {
    let moved = false;
    for (let i = 0; i < points.length; i++) {
      for (let j = i + 1; j < points.length; j++) {
        const [one, other] = [points[i], points[j]];
        const [dx, dy] = [other.x - one.x, other.y - one.y];
        const overX = (one.node.width + other.node.width) / 2 + 16 - Math.abs(dx);
        const overY = (dy >= 0 ? one.node.down + other.node.up : one.node.up + other.node.down) + 14 - Math.abs(dy);
        if (overX <= 0 || overY <= 0) continue;
        moved = true;
        const [axis, step] = overY <= overX ? ["y", (overY / 2) * (dy >= 0 ? 1 : -1)] : ["x", (overX / 2) * (dx >= 0 ? 1 : -1)];
        one[axis] -= step;
        other[axis] += step;
      }
    }
    if (!moved) return;
  }
}

// Put the connected parts on shelves, the largest first, so that the whole has the form of a window.
function pack(points, springs) {
  const parts = partsOf(points, springs).map((part) => ({
    part,
    left: Math.min(...part.map((point) => point.x - point.node.width / 2)),
    right: Math.max(...part.map((point) => point.x + point.node.width / 2)),
    top: Math.min(...part.map((point) => point.y - point.node.up)),
    bottom: Math.max(...part.map((point) => point.y + point.node.down)),
  }));
  if (parts.length < 2) return;
  parts.sort((a, b) => (b.bottom - b.top) - (a.bottom - a.top));
  const widest = Math.max(...parts.map(({ left, right }) => right - left));
  const tries = Array.from({ length: 16 }, (_, number) => shelve(parts, widest * (1 + number * 0.25)));
  const window = document.getElementById("network").getBoundingClientRect();
  const scale = ({ width, height }) => Math.min(window.width / width, window.height / height);
  const best = tries.reduce((one, other) => (scale(other) > scale(one) * 1.001 ? other : one));
  parts.forEach(({ part, left, top }, number) => {
    for (const point of part) {
      point.x += best.corners[number][0] - left;
      point.y += best.corners[number][1] - top;
    }
  });
}

function shelve(parts, shelf) {
  const gap = 50;
  let [x, y, deepest, width] = [0, 0, 0, 0];
  const corners = parts.map(({ left, right, top, bottom }) => {
    if (x > 0 && x + right - left > shelf) [x, y, deepest] = [0, y + deepest + gap, 0];
    const corner = [x, y];
    x += right - left + gap;
    width = Math.max(width, x - gap);
    deepest = Math.max(deepest, bottom - top);
    return corner;
  });
  return { corners, width, height: y + deepest };
}

function partsOf(points, springs) {
  const near = new Map(points.map((point) => [point, []]));
  for (const [one, other] of springs) { near.get(one).push(other); near.get(other).push(one); }
  const seen = new Set();
  const parts = [];
  for (const point of points) {
    if (seen.has(point)) continue;
    const part = [point];
    seen.add(point);
    for (const each of part) for (const other of near.get(each)) if (!seen.has(other)) { seen.add(other); part.push(other); }
    parts.push(part);
  }
  return parts;
}
