// dmn-js reads DMN 1.3. Later editions only add to it, so theirs are opened as 1.3 and given back as they were;
// what 1.3 does not know is noticed when the model is read.
const KNOWN = "20191111";
const LATER = /(xmlns(?::[\w.-]+)?\s*=\s*["']https:\/\/www\.omg\.org\/spec\/DMN\/)(20211108|20230324)(\/)/g;

export function opened(xml) {
  const edition = [...xml.matchAll(LATER)][0]?.[2];
  if (!edition) return { xml, givenBack: (text) => text };
  const known = new RegExp(LATER.source.replace("(20211108|20230324)", KNOWN), "g");
  return { xml: xml.replace(LATER, `$1${KNOWN}$3`), givenBack: (text) => text.replace(known, `$1${edition}$2`) };
}
