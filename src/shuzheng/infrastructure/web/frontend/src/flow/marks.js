// What the table's rows say, on the elements they are about.
export function markRows(viewer, rows) {
  const canvas = viewer.get("canvas");
  const overlays = viewer.get("overlays");
  const registry = viewer.get("elementRegistry");
  const links = new Map();
  let first = "";
  for (const row of rows) {
    const { element, mark, note, href } = row.dataset;
    const drawn = registry.get(element);
    if (!drawn) continue;
    for (const each of (mark ?? "").split(" ").filter(Boolean)) canvas.addMarker(element, `sz-is-${each}`);
    if (drawn.waypoints) widen(registry.getGraphics(drawn), mark);
    if (note) overlays.add(element, "note", placed(drawn, label(note, mark)));
    if (href) {
      canvas.addMarker(element, "sz-opens");
      links.set(element, href);
    }
    if (!first && /\bnow\b/.test(mark ?? "")) first = element;
  }
  listen(viewer, rows, links);
  return first;
}

// A wide line lies under the thin one: the arrow at its end keeps its size.
function widen(graphics, mark) {
  const width = /\boften-(\d)\b/.exec(mark ?? "")?.[1];
  const line = graphics.querySelector(".djs-visual > path");
  if (!width || !line) return;
  const wide = document.createElementNS("http://www.w3.org/2000/svg", "path");
  wide.setAttribute("d", line.getAttribute("d"));
  wide.setAttribute("class", `sz-flow__width sz-flow__width--${width}`);
  line.before(wide);
}

function label(words, mark) {
  const note = document.createElement("div");
  note.className = `sz-flow__note sz-flow__note--${(mark || "plain").split(" ")[0]}`;
  note.textContent = words;
  return note;
}

function placed(drawn, html) {
  if (!drawn.waypoints) return { position: { top: -13, left: Math.min(8, drawn.width / 4) }, html };
  const [a, b] = longest(drawn.waypoints);
  const origin = { x: Math.min(...drawn.waypoints.map((each) => each.x)), y: Math.min(...drawn.waypoints.map((each) => each.y)) };
  return { position: { left: (a.x + b.x) / 2 - origin.x - 10, top: (a.y + b.y) / 2 - origin.y - 9 }, html };
}

function longest(points) {
  const length = ([a, b]) => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  return points.slice(1).map((each, index) => [points[index], each]).reduce((best, each) => (length(each) > length(best) ? each : best));
}

function listen(viewer, rows, links) {
  viewer.on("element.click", ({ element }) => {
    const id = element.labelTarget?.id ?? element.id;
    if (links.has(id)) {
      location.assign(links.get(id));
      return;
    }
    for (const row of rows) row.classList.toggle("sz-row--chosen", row.dataset.element === id);
  });
}
