// A drawing in a box that scrolls as any other: by finger, wheel or arrow keys. Buttons change its size.
const STEPS = [0.3, 0.4, 0.5, 0.65, 0.85, 1, 1.25, 1.5, 2];
const MARGIN = 24;
const READABLE = 0.85;

export function addZoom(viewer, frame) {
  const box = frame.querySelector("[data-flow-box]");
  const sheet = frame.querySelector("[data-flow-canvas]");
  const canvas = viewer.get("canvas");
  let scale = 1;
  // The makers' mark must stay in sight however far the drawing is scrolled.
  const mark = sheet.querySelector(".bjs-powered-by");
  if (mark) frame.append(mark);

  function extent() {
    const { inner } = canvas.viewbox();
    return { x: inner.x - MARGIN, y: inner.y - MARGIN, width: inner.width + 2 * MARGIN, height: inner.height + 2 * MARGIN };
  }

  function set(next) {
    scale = next;
    const all = extent();
    sheet.style.width = `${Math.max(all.width * scale, box.clientWidth)}px`;
    sheet.style.height = `${all.height * scale}px`;
    canvas.resized();
    canvas.viewbox({ x: all.x, y: all.y, width: sheet.clientWidth / scale, height: all.height });
  }

  function step(direction) {
    const next = direction > 0 ? STEPS.find((each) => each > scale + 0.01) : STEPS.findLast((each) => each < scale - 0.01);
    if (next) set(next);
  }

  function whole() {
    return Math.min(1, box.clientWidth / extent().width);
  }

  const acts = { in: () => step(1), out: () => step(-1), whole: () => set(whole()) };
  for (const button of frame.querySelectorAll("[data-flow-zoom]")) {
    button.addEventListener("click", acts[button.dataset.flowZoom]);
  }

  // The whole where it can be read, else the part that matters.
  function show(element) {
    set(Math.max(whole(), READABLE));
    const found = element && viewer.get("elementRegistry").get(element);
    if (!found) return;
    const all = extent();
    const [x, y] = [(found.x - all.x + found.width / 2) * scale, (found.y - all.y + found.height / 2) * scale];
    box.scrollTo(Math.max(0, x - box.clientWidth / 2), Math.max(0, y - box.clientHeight / 2));
  }

  return { show };
}
