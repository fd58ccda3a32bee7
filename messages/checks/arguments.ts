import { parse, TYPE, type MessageFormatElement } from "@formatjs/icu-messageformat-parser";

/** The names of the values, and the tags, that a message of the catalogue asks for: ["count", "<link>"]. */
export function argumentsOf(message: string): string[] {
  return [...new Set(namesIn(parse(message)))].sort();
}

function namesIn(elements: MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    if (element.type === TYPE.tag) return [`<${element.value}>`, ...namesIn(element.children)];
    const options = "options" in element ? Object.values(element.options) : [];
    return [element.value, ...options.flatMap((option) => namesIn(option.value))];
  });
}

/** The places of the values in a sentence made in lib: "{1} of {0}" has ["0", "1"]. */
export function placesOf(sentence: string): string[] {
  return [...new Set([...sentence.matchAll(/\{(\d+)\}/g)].map(([, place]) => place!))].sort();
}
