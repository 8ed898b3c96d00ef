// CodeMirror would write style elements, which the house's policy refuses; constructed sheets are its own script's.
import { StyleModule } from "style-mod";

const mounted = [];

function sheetOf(module) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(module.getRules());
  return sheet;
}

// Later modules take precedence, as style-mod promises: new ones go before the first that is already there.
export function adoptStyleSheets() {
  StyleModule.mount = (_root, modules) => {
    let place = 0;
    for (const module of [modules].flat()) {
      const found = mounted.findIndex((each) => each.module === module);
      if (found >= place) place = found + 1;
      else if (found < 0) mounted.splice(place++, 0, { module, sheet: sheetOf(module) });
    }
    document.adoptedStyleSheets = mounted.map((each) => each.sheet);
  };
}
