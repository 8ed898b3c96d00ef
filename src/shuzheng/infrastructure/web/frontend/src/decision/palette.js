// The drawing begins beside the palette, not under it.
const PALETTE = 110;
const MARGIN = 24;

function ClearOfThePalette(canvas, eventBus) {
  eventBus.on("import.done", () => {
    const { inner, outer } = canvas.viewbox();
    if (!outer.width || !inner.width) return;
    const room = { width: outer.width - PALETTE - MARGIN, height: outer.height - 2 * MARGIN };
    const scale = Math.min(1, room.width / inner.width, room.height / inner.height);
    canvas.viewbox({ x: inner.x - PALETTE / scale, y: inner.y - MARGIN / scale, width: outer.width / scale, height: outer.height / scale });
  });
}
ClearOfThePalette.$inject = ["canvas", "eventBus"];

export const clearOfThePalette = { __init__: ["clearOfThePalette"], clearOfThePalette: ["type", ClearOfThePalette] };
