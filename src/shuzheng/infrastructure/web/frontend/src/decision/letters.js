// Text inside shapes in the page's own type, large enough for Chinese.
export function lettersOf(element) {
  const { fontFamily } = getComputedStyle(element);
  return { defaultStyle: { fontFamily, fontSize: 14, lineHeight: 1.35 } };
}
