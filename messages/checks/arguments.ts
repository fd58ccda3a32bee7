import { parse, TYPE, type MessageFormatElement } from "@formatjs/icu-messageformat-parser";

/**
 * The values and tags of a message of the catalogue, such as "count" and "<link>": all it may ask for, and those that it
 * shows. A value that only chooses between wordings, as for one or for many, is not shown.
 */
export function argumentsOf(message: string): { all: Set<string>; shown: Set<string> } {
  const found = { all: new Set<string>(), shown: new Set<string>() };
  collect(parse(message), undefined, found);
  return found;
}

type Found = ReturnType<typeof argumentsOf>;

/** `counted` is the value that a "#" shows here. */
function collect(elements: MessageFormatElement[], counted: string | undefined, found: Found): void {
  const show = (name: string) => {
    found.all.add(name);
    found.shown.add(name);
  };
  for (const element of elements) {
    if (element.type === TYPE.literal) continue;
    if (element.type === TYPE.pound) {
      if (counted !== undefined) show(counted);
    } else if (element.type === TYPE.tag) {
      show(`<${element.value}>`);
      collect(element.children, counted, found);
    } else if (element.type === TYPE.plural || element.type === TYPE.select) {
      found.all.add(element.value);
      const inside = element.type === TYPE.plural ? element.value : counted;
      for (const option of Object.values(element.options)) collect(option.value, inside, found);
    } else {
      show(element.value);
    }
  }
}

/** What a message in another language must not differ in, as words about it; undefined when it does not. */
export function differenceOf(message: string, english: string): string | undefined {
  const [own, original] = [argumentsOf(message), argumentsOf(english)];
  const unknown = [...own.all].filter((name) => !original.all.has(name));
  if (unknown.length > 0) return `asks for ${unknown.join(", ")}, which English does not`;
  const lacking = [...original.shown].filter((name) => !own.all.has(name));
  return lacking.length > 0 ? `does not show ${lacking.join(", ")}` : undefined;
}

/** The places of the values in a sentence made in lib: "{1} of {0}" has ["0", "1"]. */
export function placesOf(sentence: string): string[] {
  return [...new Set([...sentence.matchAll(/\{(\d+)\}/g)].map(([, place]) => place!))].sort();
}
