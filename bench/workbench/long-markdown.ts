const words = [
  ..."the a of to and in is that for it as with on by this be are from at or an which was not have".split(" "),
  ..."model answer question reward sample error token value matrix gradient weight prompt text label".split(" "),
  ..."however therefore because usually carefully strongly slightly often measured compared reported".split(" "),
];

const blocks = [
  (): string =>
    "The loss of one pair is $-\\log \\sigma(r_\\theta(x, y_c) - r_\\theta(x, y_r))$ and falls with the margin.",
  (): string =>
    "$$\\nabla_\\theta \\mathcal{L} = \\frac{1}{n} \\sum_{i=1}^{n} \\left(p_i - t_i\\right) \\nabla_\\theta m_i$$",
  (): string =>
    "```python\ndef margin(model, prompt, chosen, rejected):\n    # Higher is surer.\n    return model(prompt, chosen) - model(prompt, rejected)\n```",
  (): string => "| split | pairs | accuracy |\n|---|---:|---:|\n| train | 1,200 | 0.71 |\n| test | 300 | 0.68 |",
  (): string => "1. First **compare** both texts.\n2. Then mark `errors` in each.\n3. Submit with *Enter*.",
];

/** Markdown of about so many words in paragraphs, with headings, code, formulas, tables and lists between them. */
export function longMarkdown(count: number, random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const sentence = (): string => {
    const length = 8 + Math.floor(random() * 12);
    const text = Array.from({ length }, () => pick(words)).join(" ");
    return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
  };
  const parts: string[] = [];
  let written = 0;
  while (written < count) {
    if (parts.length % 8 === 0) parts.push(`## Part ${1 + parts.length / 8}`);
    const paragraph = Array.from({ length: 4 }, sentence).join(" ");
    const block = parts.length % 3 === 2 ? pick(blocks)() : "";
    parts.push(paragraph, ...(block ? [block] : []));
    written += `${paragraph} ${block}`.split(/\s+/).length;
  }
  return parts.join("\n\n");
}
