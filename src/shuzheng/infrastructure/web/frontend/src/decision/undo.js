// Undo and redo as buttons: the keys of dmn-js are known to few.
export function addUndo(modeler, bar) {
  const acts = { undo: (stack) => stack.undo(), redo: (stack) => stack.redo() };
  for (const button of bar.querySelectorAll("[data-editor-act]")) {
    button.addEventListener("click", () => acts[button.dataset.editorAct](modeler.getActiveViewer().get("commandStack")));
  }
}
