// The panel of details: the sentences behind a node or an edge.
const panel = document.getElementById("panel");
let pathFrom = null;

function select(kind, id, { centre = false } = {}) {
  if (pathFrom && kind === "node") return finishPath(id);
  state.selected = { kind, id };
  if (kind === "node" && state.scope && !visible().nodes.some((node) => node.id === id)) {
    const near = [...within(id, 1)].sort((a, b) => nodes.get(b).degree - nodes.get(a).degree);
    for (const each of [id, ...near.slice(0, 40)]) state.scope.add(each);
  }
  showPanel();
  redraw();
  if (centre && lit) fitAll([...lit].filter((each) => drawnNodes.get(each)));
  else keepInView(kind === "node" ? [id] : [edges.get(id).from, edges.get(id).to]);
}

function unselect() {
  state.selected = null;
  state.path = null;
  network.unselectAll();
  panel.hidden = true;
  say(null);
  redraw();
}

function showPanel() {
  panel.hidden = false;
  panel.replaceChildren(element("button", { className: "close", "aria-label": "Fermer", textContent: "×", onclick: unselect }));
  if (state.selected.kind === "node") showNode(nodes.get(state.selected.id));
  else showEdge(edges.get(state.selected.id));
  panel.scrollTop = 0;
}

function showNode(node) {
  panel.append(element("h2", {}, glyph(node, 22), element("span", { textContent: node.kind === "event" ? node.label.split("\n")[0] : node.label })));
  const status = node.kind === "event" ? [badge(node.status)] : [];
  panel.append(element("div", { className: "kind" }, ...status, typeLabel(node.type), node.edtf ? ` · ${frenchDate(node.edtf)}` : ""));
  const others = node.names.filter((name) => name !== node.label);
  if (others.length) panel.append(element("p", { className: "aliases", textContent: `Aussi : ${others.slice(0, 8).join(", ")}${others.length > 8 ? "…" : ""}`, title: others.join("\n") }));
  if (node.notes.length) panel.append(element("dl", {}, ...node.notes.flatMap(([name, value]) => [element("dt", { textContent: name }), element("dd", { textContent: value })])));
  panel.append(element("div", { className: "actions" },
    element("button", { textContent: "Voisins", title: "Ajouter ce qui est à un pas", onclick: () => expand(node.id) }),
    element("button", { textContent: "Isoler", title: "Ne garder que ce nœud et ses voisins", onclick: () => isolate(node.id, 1) }),
    element("button", { textContent: "À deux pas", title: "Ne garder que ce qui est à deux pas", onclick: () => isolate(node.id, 2) }),
    element("button", { textContent: "Chemin vers…", title: "Chercher le plus court chemin vers un autre nœud", onclick: () => beginPath(node.id) })));
  showTies(node);
  const own = [...node.statements, ...ties.get(node.id).flatMap((edge) => (node.kind === "event" || edge.view !== "direct" ? edge.statements : []))];
  showSentences(own);
}

function showTies(node) {
  const list = ties.get(node.id).filter((edge) => edge.view !== "direct");
  if (!list.length) return;
  panel.append(element("h3", { textContent: node.kind === "event" ? "Qui, quoi, où" : "Liens" }));
  list.sort((a, b) => (eventDate(a) < eventDate(b) ? -1 : eventDate(a) > eventDate(b) ? 1 : 0));
  panel.append(element("ul", { className: "ties" }, ...list.map((edge) => {
    const other = nodes.get(edge.from === node.id ? edge.to : edge.from);
    const verb = edge.from === node.id ? edge.label : `← ${edge.label}`;
    const role = node.kind === "event" || other.kind === "event" ? edge.label : verb;
    return choice("li", { title: "Voir les phrases" }, () => select("edge", edge.id),
      element("span", { className: "verb", textContent: role }), glyph(other, 13),
      element("span", { textContent: other.label.replace("\n", ", ") }),
      ...(edge.status && edge.status !== "asserted" ? [badge(edge.status)] : []));
  })));
}

const eventDate = (edge) => nodes.get(edge.from).earliest ?? nodes.get(edge.to).earliest ?? "~";

function showEdge(edge) {
  const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
  const end = (node) => choice("li", {}, () => select("node", node.id, { centre: true }), glyph(node, 15), element("span", { textContent: node.label.replace("\n", ", ") }));
  panel.append(element("h2", {}, element("span", { textContent: edge.label })));
  panel.append(element("div", { className: "kind" }, badge(edge.status), edge.by.length ? `selon ${edge.by.join(", ")}` : ""));
  if (edge.status === "alleged") panel.append(element("p", { className: "aliases", textContent: "L’article ne l’affirme pas lui-même : il rapporte ce que dit sa source." }));
  panel.append(element("ul", { className: "ties" }, end(from), end(to)));
  if (edge.events.length) {
    panel.append(element("h3", { textContent: edge.events.length > 1 ? "Événements" : "Événement" }));
    panel.append(element("ul", { className: "ties" }, ...edge.events.map((id) => end(nodes.get(id)))));
  }
  showSentences(edge.statements);
}

// Statements read from the same sentence share it; each shows its own words marked.
function showSentences(list) {
  const unique = [...new Set(list)].filter((id) => details.statements[id]);
  panel.append(element("h3", { textContent: unique.length ? "Phrases" : "Aucune phrase : nœud de connaissance" }));
  const bySentence = new Map();
  for (const id of unique) {
    const statement = details.statements[id];
    bySentence.set(statement.sentence, [...(bySentence.get(statement.sentence) ?? []), statement]);
  }
  for (const [number, statements] of [...bySentence].sort((a, b) => a[0] - b[0])) panel.append(sentenceCard(details.sentences[number], statements));
}

function sentenceCard(sentence, statements) {
  const article = details.articles[sentence.article];
  const name = article.url ? element("a", { href: article.url, rel: "noopener noreferrer", target: "_blank", textContent: article.title }) : element("span", { textContent: article.title });
  return element("div", { className: "sentence" },
    element("blockquote", {}, ...marked(sentence.text, statements.map((statement) => statement.at))),
    element("p", { className: "from" }, [article.source, frenchDate(article.date ?? "")].filter(Boolean).join(", "), " — ", name),
    ...statements.map(reading));
}

function reading(statement) {
  const said = statement.source?.length ? `selon ${statement.source.join(", ")}` : "dit par l’article";
  return element("div", { className: "read" },
    element("div", {}, badge(statement.status), element("span", { textContent: statement.says })),
    element("div", { className: "from", textContent: [said, statement.date ? `date : ${frenchDate(statement.date)}` : null].filter(Boolean).join(" · ") }),
    element("div", { className: "rule", textContent: `règle ${statement.rule}` }));
}

// Cut a sentence at the bounds of its quotes; quotes may overlap.
function marked(text, spans) {
  const letters = Array.from(text);  // offsets are code points
  const cuts = [...new Set([0, letters.length, ...spans.flat()])].sort((a, b) => a - b);
  const parts = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const words = letters.slice(cuts[i], cuts[i + 1]).join("");
    const isQuoted = spans.some(([from, to]) => from <= cuts[i] && cuts[i + 1] <= to);
    parts.push(isQuoted ? element("mark", { textContent: words }) : words);
  }
  return parts;
}

const badge = (status = "asserted") => element("span", { className: `badge ${status}`, textContent: STATUS[status] ?? status });

const MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];
function frenchDate(edtf) {
  const point = (text) => {
    const [year, month, day] = text.replace(/[~?%]$/, "").split("-").map(Number);
    const words = [day ? (day === 1 ? "1er" : day) : null, month ? MONTHS[month - 1] : null, year].filter(Boolean).join(" ");
    return /[~?%]$/.test(text) ? `vers ${words}` : words;
  };
  const [from, to] = edtf.split("/");
  if (to === undefined) return from ? point(from) : "";
  if (to === "..") return `depuis ${point(from)}`;
  if (from === "..") return `jusqu’à ${point(to)}`;
  return `${point(from)} – ${point(to)}`;
}

function expand(id) {
  state.scope = state.scope ?? new Set(visible().nodes.filter((node) => node.kind === "entity").map((node) => node.id));
  for (const each of within(id, 1)) state.scope.add(each);
  redraw();
}

function isolate(id, hops) {
  state.scope = within(id, hops);
  state.path = null;
  redraw({ fit: true });
  say(`Autour de ${nodes.get(id).label.replace("\n", ", ")}`, "Tout afficher", showAll);
}

function showAll() {
  state.scope = null;
  state.path = null;
  say(null);
  redraw({ fit: true });
}

function beginPath(id) {
  pathFrom = id;
  say(`Chemin depuis ${nodes.get(id).label.replace("\n", ", ")} : cliquez ou cherchez l’autre nœud`, "Annuler", () => { pathFrom = null; say(null); });
}

function finishPath(id) {
  const from = pathFrom;
  pathFrom = null;
  state.path = from === id ? null : findPath(from, id);
  const [one, other] = [from, id].map((each) => nodes.get(each).label.replace("\n", ", "));
  if (state.path && state.scope) for (const each of state.path.nodes) state.scope.add(each);
  say(state.path ? `${one} → ${other} : ${state.path.edges.size} liens` : `Aucun chemin de ${one} à ${other} dans ce qui est affiché`, "Effacer", unselect);
  redraw();
}

function say(text, action, onclick) {
  const banner = document.getElementById("banner");
  banner.hidden = !text;
  if (text) banner.replaceChildren(text, ...(action ? [element("button", { textContent: action, onclick })] : []));
}
