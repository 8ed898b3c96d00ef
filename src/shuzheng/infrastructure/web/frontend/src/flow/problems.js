// The drawing is checked as one draws; a line of the list leads to its element.
const WAIT = 600;

export function attachProblems(modeler, form) {
  const list = document.querySelector("[data-designer-problems]");
  const canvas = modeler.get("canvas");
  const registry = modeler.get("elementRegistry");
  let marked = [];
  let waiting = 0;
  let asked = 0;

  async function check() {
    const number = ++asked;
    const { xml } = await modeler.saveXML();
    const body = new FormData(form);
    body.set("xml", xml);
    const answer = await fetch(form.dataset.check, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok || number !== asked) return;
    list.innerHTML = await answer.text();
    mark();
  }

  function mark() {
    for (const [id, name] of marked) if (registry.get(id)) canvas.removeMarker(id, name);
    marked = [];
    for (const row of list.querySelectorAll("[data-element]")) {
      const element = registry.get(row.dataset.element);
      if (!element) continue;
      const name = `sz-is-${row.dataset.mark}`;
      canvas.addMarker(element, name);
      marked.push([element.id, name]);
      lead(row, element);
    }
  }

  function lead(row, element) {
    const cell = row.querySelectorAll(".sz-table__content")[1];
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sz-designer__lead";
    button.textContent = cell.textContent.trim();
    cell.replaceChildren(button);
    button.addEventListener("click", () => {
      modeler.get("selection").select(element);
      canvas.scrollToElement(element);
      form.scrollIntoView({ block: "nearest" });
    });
  }

  modeler.on("commandStack.changed", () => {
    clearTimeout(waiting);
    waiting = setTimeout(check, WAIT);
  });
  modeler.on("import.done", () => check());
  mark();
}
