// The whole model in dmn-js, inside the form that is checked as one types and saved as a draft.
import Modeler from "dmn-js/lib/Modeler";
import "dmn-js/dist/assets/diagram-js.css";
import "dmn-js/dist/assets/dmn-js-shared.css";
import "dmn-js/dist/assets/dmn-js-drd.css";
import "dmn-js/dist/assets/dmn-js-decision-table.css";
import "dmn-js/dist/assets/dmn-js-decision-table-controls.css";
import "dmn-js/dist/assets/dmn-js-literal-expression.css";
import "dmn-js/dist/assets/dmn-js-boxed-expression.css";
import "dmn-js/dist/assets/dmn-js-boxed-expression-controls.css";
import "dmn-js/dist/assets/dmn-font/css/dmn.css";

import { noteColumns } from "./decision/notes.js";
import { opened } from "./decision/editions.js";
import { labelsUnder } from "./decision/labels.js";
import { lettersOf } from "./decision/letters.js";
import { keepInForm } from "./decision/keep.js";
import { clearOfThePalette } from "./decision/palette.js";
import { adoptStyleSheets } from "./decision/sheets.js";
import { drawTabs } from "./decision/tabs.js";
import { typesOf } from "./decision/types.js";
import { addUndo } from "./decision/undo.js";
import { lostBetween } from "./decision/whole.js";
import { wordsOf } from "./decision/words.js";
import "./flow/flow.scss";
import "./decision/drawing.scss";
import "./decision/editor.scss";

function modelerFor(frame, xml, labels) {
  const words = wordsOf(document);
  return new Modeler({
    container: frame.querySelector("[data-editor-canvas]"),
    common: { dataTypes: typesOf(xml) },
    drd: { additionalModules: [words, labelsUnder(labels), clearOfThePalette], textRenderer: lettersOf(frame) },
    decisionTable: { additionalModules: [words, noteColumns(frame.dataset.clause)] },
    literalExpression: { additionalModules: [words] },
    boxedExpression: { additionalModules: [words] },
  });
}

async function edit(form, frame) {
  const field = form.elements.model;
  frame.hidden = false;
  adoptStyleSheets();
  const labels = JSON.parse(frame.dataset.labels);
  const { xml, givenBack } = opened(field.value);
  const modeler = modelerFor(frame, xml, labels);
  await modeler.importXML(xml);
  const lost = lostBetween(xml, (await modeler.saveXML()).xml);
  if (lost) throw new Error(`the editor would not keep ${lost}`);
  drawTabs(modeler, frame.querySelector("[data-editor-tabs]"), labels);
  addUndo(modeler, frame.querySelector("[data-editor-acts]"));
  await openFirst(modeler, frame.dataset.opens);
  await keepInForm(modeler, frame.querySelector("[data-editor-canvas]"), field, givenBack);
  frame.setAttribute("data-drawn", "");
}

async function openFirst(modeler, name) {
  const view = modeler.getViews().find(({ element }) => element.name === name && element.$type === "dmn:Decision");
  if (view) await modeler.open(view);
}

// The first check goes out as soon as the model is open: by then the form must be listened to.
window.addEventListener("load", () => {
  for (const frame of document.querySelectorAll("[data-decision-editor]")) {
    // Outside the form: the buttons and fields of dmn-js would send it.
    const form = document.getElementById(frame.dataset.form);
    edit(form, frame).catch((error) => {
      frame.hidden = true;
      document.querySelector("[data-undrawable]").hidden = false;
      console.warn(error.message);
    });
  }
});
