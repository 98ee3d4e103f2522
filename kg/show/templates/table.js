// The table of entities, the filters that are the legend too, and what can be saved.
const table = document.getElementById("table");
let sortBy = { column: 2, down: true };

const COLUMNS = [
  ["Nom", (node) => node.label],
  ["Type", (node) => typeLabel(node.type)],
  ["Événements", (node) => eventsOf(node).length],
  ["Relations", (node) => ties.get(node.id).filter((edge) => edge.view === "both").length],
  ["Premier", (node) => eventsOf(node).map((event) => event.earliest).filter(Boolean).sort()[0] ?? ""],
  ["Dernier", (node) => eventsOf(node).map((event) => event.latest).filter(Boolean).sort().pop() ?? ""],
  ["Autres noms", (node) => node.names.filter((name) => name !== node.label).join(", ")],
];
const eventsOf = (node) => [...new Set(ties.get(node.id).flatMap((edge) => [edge.from, edge.to]))].map((id) => nodes.get(id)).filter((other) => other.kind === "event");

function showTable() {
  const rows = visible().nodes.filter((node) => node.kind === "entity").map((node) => [node, COLUMNS.map(([, value]) => value(node))]);
  const { column, down } = sortBy;
  rows.sort(([, a], [, b]) => (typeof a[column] === "number" ? a[column] - b[column] : byFrench(a[column], b[column])) * (down ? -1 : 1) || byFrench(a[0], b[0]));
  const head = COLUMNS.map(([name], number) => element("th", {
    textContent: name + (number === column ? (down ? " ▾" : " ▴") : ""), scope: "col",
    onclick: () => { sortBy = { column: number, down: number === column ? !down : number > 1 && number < 4 }; showTable(); },
  }));
  const body = rows.map(([node, cells]) => choice("tr", {}, () => { setView("events"); select("node", node.id, { centre: true }); },
    ...cells.map((cell, number) => (number === 0 ? element("td", {}, glyph(node, 14), ` ${cell}`) : element("td", { textContent: cell, className: typeof cell === "number" ? "number" : "" })))));
  table.replaceChildren(element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body)));
}

function countBy(list, key) {
  const counts = new Map();
  for (const each of list) for (const name of [key(each)].flat()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts];
}

function check(kind, key, label, count, picture) {
  const row = element("label", { className: state.off[kind].has(key) ? "off" : "" });
  const box = element("input", { type: "checkbox", checked: !state.off[kind].has(key), onchange: () => {
    if (box.checked) state.off[kind].delete(key); else state.off[kind].add(key);
    row.className = box.checked ? "" : "off";
    refresh();
  } });
  row.append(box, picture ?? element("span", { className: "tick" }), element("span", { textContent: label, title: label }), element("small", { textContent: count }));
  return row;
}

function section(title, rows, isOpen = true) {
  return rows.length ? [element("details", { open: isOpen }, element("summary", { textContent: title }), ...rows)] : [];
}

function makeFilters() {
  const all = [...nodes.values()];
  const entities = countBy(all.filter((node) => node.kind === "entity"), (node) => node.type).sort((a, b) => b[1] - a[1]);
  const events = countBy(all.filter((node) => node.kind === "event"), (node) => node.type).sort((a, b) => b[1] - a[1]);
  const standing = countBy([...edges.values()].filter((edge) => edge.view === "both" || (edge.view === "events" && !ROLES.has(edge.type))), (edge) => edge.type).sort((a, b) => b[1] - a[1]);
  const labels = new Map([...edges.values()].map((edge) => [edge.type, edge.label]));
  const statuses = countBy([...edges.values()].filter((edge) => edge.view !== "direct"), (edge) => edge.status ?? "asserted");
  const sources = countBy(Object.keys(details.statements), sourceOf);
  document.getElementById("filters").replaceChildren(
    ...section("Entités", entities.map(([type, count]) => check("entity", type, typeLabel(type), count, glyph({ kind: "entity", type })))),
    ...section("Événements", events.map(([type, count]) => check("event", type, typeLabel(type), count, glyph({ kind: "event", type })))),
    ...section("Statut", statuses.map(([status, count]) => check("status", status, STATUS[status] ?? status, count, line(status)))),
    ...section("Relations", standing.map(([type, count]) => check("tie", type, labels.get(type) ?? type, count, line("asserted", type === "inRetaliationFor" ? FAMILY_COLOURS.violence : TIE_COLOUR)))),
    ...section("Articles", sources.map(([article, count]) => check("source", article, [details.articles[article].date, details.articles[article].title].filter(Boolean).join(" · "), count)), sources.length > 1 && sources.length <= 12),
    element("details", { open: true }, element("summary", { textContent: "Affichage" }), looseBox()));
}

function looseBox() {
  const box = element("input", { type: "checkbox", checked: state.loose, onchange: () => { state.loose = box.checked; refresh(); } });
  return element("label", {}, box, element("span", { className: "tick" }), element("span", { textContent: "nœuds sans lien" }));
}

function showCounts(now) {
  const entities = now.nodes.filter((node) => node.kind === "entity").length;
  const events = now.nodes.length - entities;
  document.getElementById("network").dataset.nodes = now.nodes.length;
  document.getElementById("network").dataset.edges = now.edges.length;
  document.getElementById("network").title = "";
  document.querySelector("h1").title = `${entities} entités, ${events} événements, ${now.edges.length} liens affichés`;
  drawBars();
  if (!table.hidden) showTable();
}

function save(name, blob) {
  const link = element("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function savePng() {
  const drawn = document.querySelector("#network canvas");
  const copy = element("canvas", { width: drawn.width, height: drawn.height });
  const ctx = copy.getContext("2d");
  ctx.fillStyle = "#ffffff";
  ctx.fillRect(0, 0, copy.width, copy.height);
  ctx.drawImage(drawn, 0, 0);
  copy.toBlob((blob) => save("graphe.png", blob));
}

// A cell that a spreadsheet would take for a formula gets a quote before it.
const cell = (value) => `"${String(value ?? "").replace(/^[=+\-@\t\r]/, "'$&").replace(/"/g, '""')}"`;

function saveCsv() {
  const now = visible();
  const ids = [...new Set([...now.nodes, ...now.edges].flatMap((thing) => thing.statements))];
  const rows = ids.map((id) => {
    const statement = details.statements[id];
    const sentence = details.sentences[statement.sentence];
    const quote = Array.from(sentence.text).slice(...statement.at).join("");
    return [statement.says, STATUS[statement.status], (statement.source ?? []).join(", "), statement.date, quote, sentence.text, details.articles[sentence.article].title, statement.rule];
  });
  const head = ["énoncé", "statut", "selon", "date", "citation", "phrase", "article", "règle"];
  save("enonces.csv", new Blob(["\ufeff", [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n"), "\r\n"], { type: "text/csv" }));
}
