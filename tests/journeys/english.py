"""What an English reader meets in Chinese: only what has no English."""

import re
from collections.abc import Iterable

READ = """async () => {
  const answer = await fetch(location.href, {headers: {"Accept-Language": "en"}});
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const whole = (element, text) =>
    element.closest("span[lang^=zh]")?.parentElement.textContent.replace(/\\s+/g, " ") ?? text;
  const han = /[\\u3400-\\u9fff]/, found = [];
  const walk = page.createTreeWalker(page.documentElement, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement, text = walk.currentNode.data.trim();
    if (!han.test(text) || element.closest("script, style, textarea")) continue;
    const isMarked = element.closest("[lang^=zh], option, title") !== null;
    const isOriginal = element.closest("div[lang^=zh]") !== null;
    if (!isOriginal) found.push((isMarked ? "" : "not marked: ") + whole(element, text));
  }
  for (const element of page.querySelectorAll("[aria-label], [alt], [title], [placeholder]"))
    for (const name of ["aria-label", "alt", "title", "placeholder"])
      if (han.test(element.getAttribute(name) || "")) found.push(element.getAttribute(name));
  return [page.documentElement.lang, found];
}"""
"""Reads the page where one is once more in English; returns its language and its Chinese."""

NAMES = (
    "郑大勺|陈小满|徐一鸣|毛阿婆|程小满|周晓岚|方以宁|徐文澜|郑知远|叶承志|毛立川|姜定波|余若水|祝明德|汪思源"
    "|吴正言|邵清源|舒望之|严守正|占新宇"
)
TYPED = (
    "店铺布局图看不清，请重新上传|材料齐全，符合条件。|现场与申请一致。|冷食间设置需要专家评审"
    "|专家同意冷食间设置|广告位超出建筑轮廓。|市场监管局|住建局|综合执法局"
)
PLACES = (
    r"浙江省衢州市柯城区花园街道花园中大道101号",
    r"衢州市柯城区花园街道花园中大道 86 号信安天街 3 层 305 室",
    r"衢州市柯城区(?:大勺饭店|水亭面馆)",
    r"浙江省衢州市柯城区\*+|衢州市\*+勺饭店|郑\*+",
)
LAW = r"《[^》]+》|第[一二三四五六七八九十百零]+[条款项；]+(?:：必要时进行现场核查)?"
DOCUMENTS = (
    r"衢\w+\u3014\d+\u3015\d+号",
    r"(?:准予|不予)[^。]*决定书|专家评审告知书",
    r"对本决定不服的，可以自收到本决定之日起.*",
    r"经审查.*|申请设置的户外广告.*",
    r"按风险程度确定监督管理重点|300平方米的界限待核实",
)
"""Numbers, titles and remedies of documents, texts to begin one with, clauses of rules."""
KNOWN = re.compile("|".join([*DOCUMENTS, *PLACES, LAW, NAMES, TYPED, "中文"]))
HAN = re.compile("[\u3400-\u9fff]")
IN_THE_LAWS_WORDS = ("/guide/", "/materials/")
"""Pages that cite: what a citation says of its clause is Chinese, as the clause is."""


def unknown_of(url: str, language: str, found: Iterable[str]) -> list[str]:
    """Return the Chinese of a page that is nobody's name or words, no law and no document."""
    if language != "en":
        return [f"{url}: in {language}"]
    cites = any(part in url for part in IN_THE_LAWS_WORDS)
    return [
        f"{url}: {each}"
        for each in found
        if each.startswith("not marked") or (not cites and HAN.search(KNOWN.sub("", each)))
    ]
