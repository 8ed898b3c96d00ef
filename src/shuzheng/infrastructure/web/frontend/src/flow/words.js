// What bpmn-js says, in the reader's language.
import { CHINESE } from "./chinese.js";

function say(template, replacements = {}) {
  const words = CHINESE[template] ?? template;
  return words.replace(/{([^}]+)}/g, (found, name) => replacements[name] ?? found);
}

export function translation(language) {
  return language.startsWith("zh") ? [{ translate: ["value", say] }] : [];
}
