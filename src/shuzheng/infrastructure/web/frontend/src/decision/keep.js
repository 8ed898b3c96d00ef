// Every change goes into the form's field as XML; the form's own listener asks for the check.
// dmn-js itself waits 300 ms after a key before it takes what was typed.
const PAUSE = 400;

export async function keepInForm(modeler, canvas, field, givenBack) {
  const { form } = field;
  let waiting = 0;
  let isUnsaved = false;

  async function keep() {
    clearTimeout(waiting);
    waiting = 0;
    const { xml } = await modeler.saveXML({ format: true });
    field.value = givenBack(xml);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  const later = () => {
    isUnsaved = true;
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE);
  };
  const listen = (viewer) => viewer.on("commandStack.changed", later);
  modeler.on("viewer.created", ({ viewer }) => listen(viewer));
  for (const viewer of Object.values(modeler._viewers)) listen(viewer);
  canvas.addEventListener("input", later);

  // A button pressed within the pause sends what is seen, not what was a moment ago.
  form.addEventListener(
    "submit",
    (event) => {
      isUnsaved = false;
      if (!waiting) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      setTimeout(() => keep().then(() => form.requestSubmit(event.submitter)), PAUSE);
    },
    { capture: true },
  );
  window.addEventListener("beforeunload", (event) => isUnsaved && event.preventDefault());
  await keep();
}
