// Every change goes into the form's field as XML; the form's own listener asks for the check.
const PAUSE = 250;

export async function keepInForm(modeler, form, field, givenBack) {
  let waiting = 0;

  async function keep() {
    clearTimeout(waiting);
    waiting = 0;
    const { xml } = await modeler.saveXML({ format: true });
    field.value = givenBack(xml);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE);
  };
  const listen = (viewer) => viewer.on("commandStack.changed", later);
  modeler.on("viewer.created", ({ viewer }) => listen(viewer));
  for (const viewer of Object.values(modeler._viewers)) listen(viewer);

  // A button pressed within the pause sends what is seen, not what was a moment ago.
  form.addEventListener(
    "submit",
    (event) => {
      if (!waiting) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      keep().then(() => form.requestSubmit(event.submitter));
    },
    { capture: true },
  );
  await keep();
}
