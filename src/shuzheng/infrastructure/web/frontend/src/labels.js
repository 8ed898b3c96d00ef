// What people read beside the fields of a form, as text: labels, and the words of what is chosen.
const CHOICES = ["radio", "checkbox"];
const UNSAID = ["hidden", "password", "file", "submit", "button"];

const text = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";

export function labelsOf(form) {
  const told = {};
  for (const field of form.elements) {
    if (!field.name || UNSAID.includes(field.type)) continue;
    const isChoice = CHOICES.includes(field.type);
    const group = isChoice ? field.closest("fieldset")?.querySelector("legend") : null;
    told[field.name] ??= { label: text(group ?? field.labels?.[0]), words: {} };
    if (isChoice && field.checked) told[field.name].words[field.value] = text(field.labels?.[0]);
    for (const option of field.selectedOptions ?? []) told[field.name].words[option.value] = text(option);
  }
  return JSON.stringify(told);
}
