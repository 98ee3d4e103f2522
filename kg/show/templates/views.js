// The view in the address: a link or a bookmark opens the page as it was left.
const KINDS = ["entity", "event", "tie", "status", "source"];

function noteView() {
  const off = Object.fromEntries(KINDS.filter((kind) => state.off[kind].size).map((kind) => [kind, [...state.off[kind]]]));
  const view = {
    view: state.view, ...(Object.keys(off).length && { off }), ...(state.period && { period: state.period }), ...(!state.undated && { undated: false }),
    ...(state.selected && { selected: state.selected }), ...(state.scope && state.scope.size <= 200 && { scope: [...state.scope] }),
  };
  history.replaceState(null, "", `#${encodeURIComponent(JSON.stringify(view))}`);
}

// Take up the view of the address; what is no view, or names things that are not here, is left out.
function takeView() {
  let view;
  try {
    view = JSON.parse(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return;
  }
  if (typeof view !== "object" || view === null) return;
  if (view.view === "events" || view.view === "direct") state.view = view.view;
  for (const kind of KINDS) for (const key of view.off?.[kind] ?? []) state.off[kind].add(String(key));
  if (Array.isArray(view.period) && view.period.length === 2) state.period = view.period.map(String);
  state.undated = view.undated !== false;
  const scope = (view.scope ?? []).filter((id) => nodes.has(id));
  if (scope.length) state.scope = new Set(scope);
  const { kind, id } = view.selected ?? {};
  if ((kind === "node" && nodes.has(id)) || (kind === "edge" && edges.has(id))) state.selected = { kind, id };
}
