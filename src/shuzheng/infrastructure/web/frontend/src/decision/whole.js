// What an editor would drop by saving: everything written in the model must still be there after it is read and written.
const SAID_BY_SILENCE = new Set([
  "hitPolicy=UNIQUE",
  "preferredOrientation=Rule-as-Row",
  "isCollection=false",
  "kind=FEEL",
  "textFormat=text/plain",
  "associationDirection=None",
]);
const DRAWING = /\/(DMNDI|DC|DI)\/$/;

export function lostBetween(before, after) {
  const kept = counted(after);
  for (const [part, times] of counted(before)) {
    if ((kept.get(part) ?? 0) < times) return part;
  }
  return "";
}

function counted(xml) {
  const found = new Map();
  const root = new DOMParser().parseFromString(xml, "application/xml").documentElement;
  for (const part of partsOf(root)) found.set(part, (found.get(part) ?? 0) + 1);
  return found;
}

function* partsOf(element) {
  if (DRAWING.test(element.namespaceURI ?? "")) return;
  const name = nameOf(element);
  yield name;
  for (const attribute of element.attributes) {
    const said = `${nameOf(attribute)}=${attribute.value.trim()}`;
    if (!attribute.name.startsWith("xmlns") && !SAID_BY_SILENCE.has(said)) yield `${name}@${said}`;
  }
  if (!element.children.length) yield `${name}#${element.textContent.trim().replace(/\s+/g, " ")}`;
  for (const child of element.children) yield* partsOf(child);
}

function nameOf({ namespaceURI, localName }) {
  return namespaceURI ? `{${namespaceURI}}${localName}` : localName;
}
