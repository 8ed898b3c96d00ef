// Saves a draft as you go: a pause after typing sends the form, without its files.
const PAUSE = 1500;

export function saveAsYouGo(form) {
  if (form.dataset.saving) return;
  form.dataset.saving = "ready";
  const words = form.querySelector("[data-saved]");
  let timer;
  let running;

  const say = (text, failed = false) => {
    words.textContent = text;
    words.classList.toggle("sz-saved--failed", failed);
  };

  const save = async () => {
    if (form.dataset.sent) return;
    running?.abort();
    running = new AbortController();
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    try {
      const answer = await fetch(form.dataset.save, {
        method: "POST",
        body: data,
        headers: { "X-Autosave": "1", Accept: "application/json" },
        signal: running.signal,
      });
      const body = await answer.json().catch(() => ({}));
      const revision = form.elements["form-revision"];
      if (answer.ok && revision && body.revision) revision.value = body.revision;
      if (answer.ok) say(`${words.dataset.saysSaved} ${body.saved ?? ""}`);
      else say(body.error?.message ?? words.dataset.saysFailed, true);
    } catch (error) {
      if (error.name !== "AbortError") say(words.dataset.saysFailed, true);
    }
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => { clearTimeout(timer); running?.abort(); });
}
