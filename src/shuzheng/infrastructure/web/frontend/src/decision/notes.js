// dmn-js shows a rule's description; the clause a rule rests on is in DMN's annotation entries, so those are shown.
import { Component, createComponentVNode, createVNode } from "inferno";
import EditableComponent from "dmn-js-shared/lib/components/EditableComponent";
import { Cell, inject } from "table-js/lib/components";

const ELEMENT = 1;
const COMPONENT = 2;
const ANY_CHILDREN = 0;
const MOST_COLUMNS = 6;

export function noteColumns(clause) {
  function Columns(components, sheet) {
    const count = () => namesOf(sheet.getRoot().businessObject, clause).length;
    for (let place = 0; place < MOST_COLUMNS; place++) {
      const parts = { "after-label-cells": headOf(clause, place), "after-rule-cells": noteOf(clause, place) };
      components.onGetComponent("cell", ({ cellType }) => (cellType in parts && place < count() ? parts[cellType] : undefined));
    }
  }
  Columns.$inject = ["components", "sheet"];
  return { annotationsProvider: ["type", Columns] };
}

function headOf(clause, place) {
  class Head extends Component {
    constructor(props, context) {
      super(props, context);
      inject(this);
    }

    render() {
      const names = namesOf(this.sheet.getRoot().businessObject, clause);
      return createVNode(ELEMENT, "th", "annotation header", names[place], ANY_CHILDREN);
    }
  }
  Head.$inject = ["sheet"];
  return Head;
}

function noteOf(clause, place) {
  class Note extends Component {
    constructor(props, context) {
      super(props, context);
      inject(this);
      this.redraw = () => this.forceUpdate();
      this.write = (text) => this.writeNote(text);
    }

    componentWillMount() {
      this.changeSupport.onElementsChanged(this.props.row.id, this.redraw);
    }

    componentWillUnmount() {
      this.changeSupport.offElementsChanged(this.props.row.id, this.redraw);
    }

    writeNote(text) {
      const rule = this.props.row.businessObject;
      const table = this.sheet.getRoot().businessObject;
      if (!table.annotation?.length) {
        const column = this.moddle.create("dmn:RuleAnnotationClause", { name: clause });
        column.$parent = table;
        this.modeling.updateProperties(table, { annotation: [column] });
      }
      this.modeling.updateProperties(rule, { annotationEntry: entriesWith(this.moddle, rule, place, text) });
    }

    render() {
      const { row, rowIndex } = this.props;
      const rule = row.businessObject;
      const label = namesOf(this.sheet.getRoot().businessObject, clause)[place];
      const value = rule.annotationEntry?.[place]?.text ?? "";
      const facts = { value, onChange: this.write, "data-row-id": row.id };
      const editor = createComponentVNode(COMPONENT, Editor, { ...facts, label, ctrlForNewline: true, className: "annotation-editor" });
      const where = { className: "annotation", coords: `${rowIndex}:note-${place}`, elementId: place ? `${rule.id}:note-${place}` : rule.id };
      return createComponentVNode(COMPONENT, Cell, { ...facts, ...where, children: editor });
    }
  }
  Note.$inject = ["changeSupport", "modeling", "moddle", "sheet"];
  return Note;
}

class Editor extends EditableComponent {
  render() {
    return createVNode(ELEMENT, "div", this.getClassName(), this.getEditor(), ANY_CHILDREN);
  }
}

function namesOf(table, clause) {
  const widest = Math.max(1, ...(table.rule ?? []).map((rule) => rule.annotationEntry?.length ?? 0));
  const names = (table.annotation ?? []).map((each) => each.name || clause);
  while (names.length < widest) names.push(names.length ? `${clause} ${names.length + 1}` : clause);
  return names;
}

// New entries rather than changed ones, so that undoing finds the old; what others wrote on an entry goes along.
function entriesWith(moddle, rule, place, text) {
  const entries = [...(rule.annotationEntry ?? [])];
  while (entries.length <= place) entries.push(entryOf(moddle, rule, ""));
  entries[place] = entryOf(moddle, rule, text, entries[place]);
  return entries;
}

function entryOf(moddle, rule, text, earlier) {
  const entry = moddle.create("dmn:RuleAnnotation", { text });
  Object.assign(entry.$attrs, earlier?.$attrs);
  entry.$parent = rule;
  return entry;
}
