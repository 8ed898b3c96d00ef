// What our engine refuses by name is not offered where one changes or appends an element.
const REFUSED = /ad-hoc|transaction|complex|choreography|cancel-|parallel-event-based/;

function RunnableKinds(popupMenu) {
  const provider = {
    getPopupMenuEntries: () => (entries) => Object.fromEntries(Object.entries(entries).filter(([id]) => !REFUSED.test(id))),
  };
  for (const menu of ["bpmn-replace", "bpmn-append", "bpmn-create"]) popupMenu.registerProvider(menu, 100, provider);
}
RunnableKinds.$inject = ["popupMenu"];

export const runnable = { __init__: ["runnableKinds"], runnableKinds: ["type", RunnableKinds] };
