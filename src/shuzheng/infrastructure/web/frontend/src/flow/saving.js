// Saves the drawing without leaving it; says when something is not saved.
export function attachSaving(modeler, form, begin) {
  const state = form.querySelector("[data-designer-state]");
  const { saysSaved, saysUnsaved, saysFailed } = form.dataset;
  const stack = modeler.get("commandStack");
  let savedAt = stack._stackIdx;
  let isReplaced = false;
  const isUnsaved = () => isReplaced || stack._stackIdx !== savedAt;

  async function save() {
    const at = stack._stackIdx;
    const { xml } = await modeler.saveXML({ format: true });
    const body = new FormData(form);
    body.set("xml", xml);
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Designer": "1", Accept: "application/json" } });
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok) {
      const { message, remedy } = told.error ?? {};
      state.textContent = [saysFailed, message, remedy].filter(Boolean).join(" ");
      return false;
    }
    form.elements.revision.value = told.revision;
    savedAt = at;
    isReplaced = false;
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    state.textContent = isUnsaved() ? saysUnsaved : `${saysSaved} ${time}`;
    return true;
  }

  async function tidy() {
    const { xml } = await modeler.saveXML();
    const body = new FormData(form);
    body.set("xml", xml);
    const answer = await fetch(form.dataset.tidy, { method: "POST", body });
    if (!answer.ok) return;
    await modeler.importXML(await answer.text());
    isReplaced = true;
    state.textContent = saysUnsaved;
  }

  const tell = () => {
    state.textContent = saysFailed;
    return false;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    save().catch(tell);
  });
  form.querySelector("[data-designer-send]").addEventListener("click", (event) => {
    if (!isUnsaved()) return;
    event.preventDefault();
    const { href } = event.currentTarget;
    save().catch(tell).then((isSaved) => isSaved && location.assign(href));
  });
  form.querySelector("[data-designer-tidy]").addEventListener("click", () => tidy().then(begin).catch(tell));
  modeler.on("commandStack.changed", () => {
    state.textContent = isUnsaved() ? saysUnsaved : "";
  });
  window.addEventListener("beforeunload", (event) => {
    if (isUnsaved()) event.preventDefault();
  });
}
