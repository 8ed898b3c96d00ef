// What pages do when scripts run; every page works without.
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { createAll } from "govuk-frontend/dist/govuk/init.mjs";
import htmx from "htmx.org";

import { guardAgainstSecondSubmit } from "./submit.js";
import { saveAsYouGo } from "./save.js";
import { showWhenAsked } from "./shown.js";
import "./site.scss";

document.documentElement.classList.add("sz-scripted");
document.body.classList.add("js-enabled", "govuk-frontend-supported");
window.htmx = htmx;

function enliven(scope) {
  for (const component of [Button, ErrorSummary, SkipLink]) createAll(component, undefined, scope);
  for (const form of scope.querySelectorAll("form")) {
    showWhenAsked(form);
    if (form.dataset.save) saveAsYouGo(form);
  }
}

enliven(document);
guardAgainstSecondSubmit(document);
document.body.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) enliven(event.detail.elt.parentElement ?? document);
});
