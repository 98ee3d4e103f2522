// The time line: how many events a day, month or year, and two handles that choose a period.
const footer = document.getElementById("time");
const DAY = 86400000;
const dayOf = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
const isoOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);
let bins = [];

function makeBins() {
  const dated = [...nodes.values()].filter((node) => node.kind === "event" && node.earliest);
  if (!dated.length) return [];
  const ends = dated.flatMap((node) => [node.earliest, node.latest]).sort();
  const last = ends[ends.length - 1];
  const usual = ends[Math.floor(ends.length / 20)];  // few events long ago share the first bin
  const isTail = dayOf(usual) - dayOf(ends[0]) > dayOf(last) - dayOf(usual);
  const first = isTail ? usual : ends[0];
  const days = dayOf(last) - dayOf(first) + 1;
  const step = days <= 150 ? 10 : days <= 4500 ? 7 : 4;  // letters of the ISO date kept: day, month, year
  const keys = [];
  for (let day = dayOf(first); day <= dayOf(last); day++) {
    const key = isoOf(day).slice(0, step);
    if (keys[keys.length - 1] !== key) keys.push(key);
  }
  return keys.map((key, number) => ({ key, first: isTail && number === 0 ? ends[0] : bound(key, false), last: bound(key, true) }));
}

function bound(key, isEnd) {
  if (key.length === 10) return key;
  if (key.length === 4) return `${key}${isEnd ? "-12-31" : "-01-01"}`;
  if (!isEnd) return `${key}-01`;
  const [year, month] = key.split("-").map(Number);
  return `${key}-${new Date(Date.UTC(year, month, 0)).getUTCDate()}`;
}

function makeTimeLine() {
  bins = makeBins();
  if (bins.length < 2) { footer.hidden = true; return; }
  const range = (value) => element("input", { type: "range", min: 0, max: bins.length - 1, value, oninput: movePeriod });
  footer.replaceChildren(
    element("span", { className: "period", id: "period" }),
    element("div", { className: "plot" }, svg("svg", { id: "bars", preserveAspectRatio: "none", viewBox: `0 0 ${bins.length} 40` }), element("div", { className: "track" }),
      Object.assign(range(0), { id: "from", ariaLabel: "Début de la période" }), Object.assign(range(bins.length - 1), { id: "to", ariaLabel: "Fin de la période" })),
    element("label", {}, element("input", { type: "checkbox", id: "undated", checked: state.undated, onchange: (event) => { state.undated = event.target.checked; redraw(); } }), "sans date"));
  if (state.period) {
    document.getElementById("from").value = bins.findIndex((bin) => bin.last >= state.period[0]);
    document.getElementById("to").value = bins.findLastIndex((bin) => bin.first <= state.period[1]);
  }
  drawBars();
}

function movePeriod() {
  const ends = [document.getElementById("from"), document.getElementById("to")].map((input) => Number(input.value)).sort((a, b) => a - b);
  state.period = ends[0] === 0 && ends[1] === bins.length - 1 ? null : [bins[ends[0]].first, bins[ends[1]].last];
  redraw();
}

function drawBars() {
  if (bins.length < 2) return;
  const period = state.period;
  const events = [...nodes.values()].filter((node) => node.kind === "event" && node.earliest && !state.off.event.has(node.type) && !state.off.status.has(node.status ?? "asserted") && isFromShownSource(node));
  const overlap = (node, bin) => node.earliest <= bin.last && node.latest >= bin.first;
  const isExact = (node) => bins.filter((bin) => overlap(node, bin)).length === 1;
  const exact = new Set(events.filter(isExact));
  const counts = bins.map((bin) => [...exact].filter((node) => overlap(node, bin)).length);
  const spans = bins.map((bin) => events.filter((node) => !exact.has(node) && overlap(node, bin)).length);
  const most = Math.max(1, ...counts.map((count, number) => count + spans[number]));
  const bar = (bin, number, from, count, colour) => {
    const isIn = !period || (bin.last >= period[0] && bin.first <= period[1]);
    const made = svg("rect", { x: number + 0.06, y: 40 - (38 * (from + count)) / most, width: 0.88, height: (38 * count) / most, fill: isIn ? colour : "#e3e7eb" });
    made.append(svg("title", {}, `${frenchDate(bin.key)} : ${counts[number]} daté(s), ${spans[number]} sur une période`));
    return made;
  };
  document.getElementById("bars").replaceChildren(...bins.flatMap((bin, number) => [
    bar(bin, number, 0, spans[number], "#c9dcec"), bar(bin, number, spans[number], counts[number], "#2f6fa7"),
  ]));
  const [from, to] = period ?? [bins[0].first, bins[bins.length - 1].last];
  document.getElementById("period").textContent = from === to ? frenchDate(from) : `${frenchDate(from)} – ${frenchDate(to)}`;
}
