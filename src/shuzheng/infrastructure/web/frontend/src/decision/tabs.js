// One button for the graph, one for each thing in it that can be opened.
export function drawTabs(modeler, bar, labels) {
  const draw = () => {
    const active = modeler.getActiveView();
    bar.replaceChildren(...modeler.getViews().map((view) => button(view, view === active || view.id === active?.id)));
  };
  const button = (view, isActive) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "sz-flow__tool";
    made.textContent = view.type === "drd" ? bar.dataset.graph : view.element.label || labels[view.element.name] || view.element.name;
    made.setAttribute("aria-pressed", String(isActive));
    made.addEventListener("click", () => modeler.open(view));
    return made;
  };
  modeler.on("views.changed", draw);
  draw();
}
