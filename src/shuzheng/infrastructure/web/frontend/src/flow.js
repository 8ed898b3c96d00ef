// Draws a BPMN file over the table that says the same: {% flow "….bpmn" %} … {% endflow %}.
// A table's row marks the element it is about: data-element, data-mark, data-note, data-href.
import Viewer from "bpmn-js/lib/Viewer";
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";

import { addZoom } from "./flow/zoom.js";
import { markRows } from "./flow/marks.js";
import "./flow/flow.scss";

async function draw(frame) {
  const answer = await fetch(frame.dataset.flow);
  if (!answer.ok) throw new Error(`drawing: ${answer.status}`);
  frame.hidden = false;
  const box = frame.querySelector("[data-flow-canvas]");
  const viewer = new Viewer({ container: box });
  await viewer.importXML(await answer.text());
  const zoom = addZoom(viewer, frame);
  const rows = frame.closest(".sz-flow").querySelectorAll("[data-element]");
  zoom.show(markRows(viewer, rows));
  frame.setAttribute("data-drawn", "");
}

for (const frame of document.querySelectorAll("[data-flow]")) {
  draw(frame).catch((error) => {
    frame.hidden = true; // The table below says the same.
    console.warn(error.message);
  });
}
