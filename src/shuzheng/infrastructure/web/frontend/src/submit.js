import { labelsOf } from "./labels.js";

// A form that is on its way is not sent twice; coming back to the page frees it. It tells its
// labels, so that an answer that cannot show the form again shows what was typed under them.
export function guardAgainstSecondSubmit(page) {
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) event.preventDefault();
    else form.dataset.sent = "yes";
  });
  page.addEventListener("formdata", (event) => {
    if (event.target.dataset.sent) event.formData.set("form-labels", labelsOf(event.target));
  });
  window.addEventListener("pageshow", () => {
    for (const form of page.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
}
