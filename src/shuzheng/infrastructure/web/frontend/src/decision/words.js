// The words of dmn-js in the reader's language: English is its own, Chinese is ours.
import { CHINESE } from "./chinese.js";

export function wordsOf(document) {
  const words = document.documentElement.lang.startsWith("zh") ? CHINESE : {};
  const translate = (template, facts = {}) =>
    (words[template] ?? template).replace(/\{\s*([^}\s]+)\s*\}/g, (braces, name) => facts[name] ?? braces);
  return { translate: ["value", translate] };
}
