// The designer of flows: bpmn-js draws, our fields beside it say what our engine reads.
import Modeler from "bpmn-js/lib/Modeler";
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/bpmn-font/css/bpmn.css";

import { runnable } from "./flow/kinds.js";
import { attachPanel } from "./flow/panel.js";
import { attachProblems } from "./flow/problems.js";
import { attachSaving } from "./flow/saving.js";
import shuzheng from "./flow/shuzheng.json";
import { translation } from "./flow/words.js";
import "./flow/flow.scss";
import "./flow/designer.scss";

const READABLE = 0.85;
const PALETTE = 120;
const ABOVE = 60;

// Begin at the left, beside the palette, large enough to read.
function begin(canvas) {
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min(1, Math.max(READABLE, (outer.width - PALETTE) / inner.width));
  const [width, height] = [outer.width / scale, outer.height / scale];
  const y = inner.height > height ? inner.y - ABOVE : inner.y - (height - inner.height) / 2;
  canvas.viewbox({ x: inner.x - PALETTE / scale, y, width, height });
}

async function open(form) {
  const answer = await fetch(form.dataset.designer);
  if (!answer.ok) throw new Error(`drawing: ${answer.status}`);
  form.hidden = false;
  const modeler = new Modeler({
    container: form.querySelector("[data-designer-canvas]"),
    moddleExtensions: { shuzheng },
    additionalModules: [...translation(document.documentElement.lang), runnable],
  });
  await modeler.importXML(await answer.text());
  begin(modeler.get("canvas"));
  attachPanel(modeler, form.querySelector("[data-designer-panel]"));
  attachProblems(modeler, form);
  attachSaving(modeler, form, () => begin(modeler.get("canvas")));
  form.setAttribute("data-drawn", "");
}

for (const form of document.querySelectorAll("[data-designer]")) {
  open(form).catch((error) => console.warn(error.message));
}
