// Questions that follow from another answer appear with it. The server decides again.
export function showWhenAsked(form) {
  const parts = [...form.querySelectorAll("[data-shown-when]")];
  if (!parts.length) return;
  const show = () => {
    const answers = new FormData(form);
    for (const part of parts) {
      const { shownWhen, equals } = part.dataset;
      const other = form.elements.namedItem(shownWhen);
      part.hidden = Boolean(other) && !answers.getAll(shownWhen).includes(equals);
    }
  };
  form.addEventListener("change", show);
  show();
}
