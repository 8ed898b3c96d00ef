// Draws what a decision rests on, above the tables that say the same; a click leads to the table.
import Viewer from "dmn-js-drd/lib/Viewer";
import Manager from "dmn-js-shared/lib/base/Manager";
import "dmn-js/dist/assets/diagram-js.css";
import "dmn-js/dist/assets/dmn-js-drd.css";
import "dmn-js/dist/assets/dmn-js-shared.css";
import "dmn-js/dist/assets/dmn-font/css/dmn.css";

import { opened } from "./decision/editions.js";
import { lettersOf } from "./decision/letters.js";
import { wordsOf } from "./decision/words.js";
import { addZoom } from "./flow/zoom.js";
import "./flow/flow.scss";
import "./decision/drawing.scss";

class Drawing extends Manager {
  _getViewProviders() {
    return [{ id: "drd", constructor: Viewer, opens: "dmn:Definitions" }];
  }
}

function lead(viewer) {
  const target = (element) => document.getElementById(`table-${element.businessObject.id}`);
  const go = ({ element }) => {
    const table = target(element);
    if (!table) return undefined;
    table.scrollIntoView();
    table.focus({ preventScroll: true });
    return false;
  };
  viewer.on("element.click", go);
  viewer.on("drillDown.click", go);
  for (const element of viewer.get("elementRegistry").filter(target)) viewer.get("canvas").addMarker(element, "sz-opens");
}

async function draw(frame) {
  const answer = await fetch(frame.dataset.decision);
  if (!answer.ok) throw new Error(`drawing: ${answer.status}`);
  frame.hidden = false;
  const drawing = new Drawing({
    container: frame.querySelector("[data-flow-canvas]"),
    drd: { additionalModules: [wordsOf(document)], textRenderer: lettersOf(frame) },
  });
  const { warnings } = await drawing.importXML(opened(await answer.text()).xml);
  for (const warning of warnings) console.warn(warning.message ?? warning);
  const viewer = drawing.getActiveViewer();
  lead(viewer);
  addZoom(viewer, frame).show();
  frame.setAttribute("data-drawn", "");
}

for (const frame of document.querySelectorAll("[data-decision]")) {
  draw(frame).catch((error) => {
    frame.hidden = true; // The tables below say the same.
    console.warn(error.message);
  });
}
