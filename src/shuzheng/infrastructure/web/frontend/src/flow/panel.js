// Plain fields for what is selected; each writes through the command stack, so it can be undone.
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";

const OURS = ["duty", "assignee", "operation", "decision"];
const TIMES = ["timeDuration", "timeDate", "timeCycle"];

export function attachPanel(modeler, panel) {
  const modeling = modeler.get("modeling");
  const moddle = modeler.get("moddle");
  const translate = modeler.get("translate");
  const fields = new Map([...panel.querySelectorAll("[data-panel]")].map((each) => [each.dataset.panel, each]));
  let chosen = null;

  const timerOf = (element) => (getBusinessObject(element).eventDefinitions ?? []).find((each) => each.$type === "bpmn:TimerEventDefinition");
  const expression = (text) => (text ? moddle.create("bpmn:FormalExpression", { body: text }) : undefined);

  function applies(kinds, element) {
    return kinds.split(" ").some((kind) => {
      if (kind === "condition") return is(element, "bpmn:SequenceFlow");
      if (kind === "default") return is(element, "bpmn:SequenceFlow") && "default" in getBusinessObject(element.source);
      if (kind === "timer") return Boolean(timerOf(element));
      return is(element, kind);
    });
  }

  function read(element) {
    const object = getBusinessObject(element);
    const values = Object.fromEntries(OURS.map((name) => [name, object.get(`shuzheng:${name}`) ?? ""]));
    values.name = object.name ?? "";
    if (is(element, "bpmn:TextAnnotation")) values.name = object.text ?? "";
    if (is(element, "bpmn:CallActivity")) values.called = object.calledElement ?? "";
    if (is(element, "bpmn:ScriptTask")) values.script = object.script ?? "";
    if (is(element, "bpmn:SequenceFlow")) {
      values.condition = object.conditionExpression?.body ?? "";
      values.default = object.sourceRef?.default === object;
    }
    const timer = timerOf(element);
    if (timer) {
      values.timerKind = TIMES.find((name) => timer.get(name)) ?? "timeDuration";
      values.timer = timer.get(values.timerKind)?.body ?? "";
    }
    return values;
  }

  function write(element, name) {
    const value = fields.get(name).type === "checkbox" ? fields.get(name).checked : fields.get(name).value.trim();
    if (name === "name") modeling.updateLabel(element, value);
    else if (OURS.includes(name)) modeling.updateProperties(element, { [`shuzheng:${name}`]: value || undefined });
    else if (name === "called") modeling.updateProperties(element, { calledElement: value || undefined });
    else if (name === "script") modeling.updateProperties(element, { script: value || undefined, scriptFormat: "feel" });
    else if (name === "condition") modeling.updateProperties(element, { conditionExpression: expression(value) });
    else if (name === "default") modeling.updateProperties(element.source, { default: value ? getBusinessObject(element) : undefined });
    else writeTimer(element);
  }

  function writeTimer(element) {
    const kind = fields.get("timerKind").value;
    const text = fields.get("timer").value.trim();
    const values = Object.fromEntries(TIMES.map((name) => [name, name === kind ? expression(text) : undefined]));
    modeling.updateModdleProperties(element, timerOf(element), values);
  }

  function show(element) {
    chosen = element && !is(element, "bpmn:Process") && !is(element, "bpmn:Collaboration") ? (element.labelTarget ?? element) : null;
    panel.querySelector("[data-panel-empty]").hidden = Boolean(chosen);
    panel.querySelector("[data-panel-fields]").hidden = !chosen;
    if (!chosen) return;
    panel.querySelector("[data-panel-kind]").textContent = `${translate(chosen.type.replace("bpmn:", "").replace(/([a-z])([A-Z])/g, "$1 $2"))}`;
    const values = read(chosen);
    for (const [name, field] of fields) {
      const group = field.closest("[data-for]");
      if (group) group.hidden = !applies(group.dataset.for, chosen);
      if (field.type === "checkbox") field.checked = Boolean(values[name]);
      else if (field instanceof HTMLSelectElement) choose(field, values[name] ?? "");
      else if (document.activeElement !== field || field.value !== values[name]) field.value = values[name] ?? "";
    }
  }

  // What is drawn is never lost, though nobody has it in the list.
  function choose(field, value) {
    if (![...field.options].some((each) => each.value === value)) field.add(new Option(value, value));
    field.value = value;
  }

  const selected = () => modeler.get("selection").get();
  modeler.on("selection.changed", ({ newSelection }) => show(newSelection.length === 1 ? newSelection[0] : null));
  modeler.on("elements.changed", ({ elements }) => {
    if (chosen && elements.includes(chosen)) show(selected()[0] ?? chosen);
  });
  for (const [name, field] of fields) {
    field.addEventListener("change", () => chosen && write(chosen, name));
  }
  // Enter in a field is no wish to save the whole drawing.
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      event.target.dispatchEvent(new Event("change"));
    }
  });
}
