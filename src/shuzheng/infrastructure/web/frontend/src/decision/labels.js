// Below each shape what people call it, where the model calls it otherwise.
export function labelsUnder(labels) {
  function LabelsUnder(eventBus, overlays) {
    const draw = ({ element }) => {
      const thing = element.businessObject;
      const label = thing?.label || labels[thing?.name];
      if (element.waypoints || element.labelTarget || !label) return;
      overlays.remove({ element, type: "label" });
      // Lines leave at the top and arrive at the bottom: inside where there is room, else below.
      const bottom = element.height > 60 ? 20 : -4;
      overlays.add(element, "label", { position: { bottom, left: 0 }, html: note(label, element.width) });
    };
    eventBus.on(["shape.added", "shape.changed"], draw);
  }
  LabelsUnder.$inject = ["eventBus", "overlays"];
  return { __init__: ["labelsUnder"], labelsUnder: ["type", LabelsUnder] };
}

function note(label, width) {
  const made = document.createElement("div");
  made.className = "sz-drawing__label";
  made.textContent = label;
  made.style.width = `${width}px`;
  return made;
}
