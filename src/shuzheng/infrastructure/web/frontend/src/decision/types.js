// The types a column may have: those of FEEL, and the model's own.
const OF_FEEL = ["string", "boolean", "number", "date", "time", "dateTime", "dayTimeDuration", "yearMonthDuration", "Any"];

export function typesOf(xml) {
  const root = new DOMParser().parseFromString(xml, "application/xml").documentElement;
  const own = [...root.children].filter((each) => each.localName === "itemDefinition").map((each) => each.getAttribute("name"));
  return [...OF_FEEL, ...own];
}
