import type { Appearance } from "@/lib/auth/schema";

const families: Record<Appearance["font"], string> = {
  sans: "var(--font-sans)",
  serif: '"Source Serif 4 Variable", Georgia, serif',
  hyperlegible: '"Atkinson Hyperlegible Next Variable", var(--font-sans)',
  dyslexic: "OpenDyslexic, var(--font-sans)",
};

/** What the html element says of an appearance: variables and attributes that globals.css goes by. */
export function lookOf({ contrast, motion, font, textSize, lineLength, lineHeight }: Appearance): {
  variables: Record<`--${string}`, string>;
  attributes: Record<`data-${string}`, string>;
} {
  return {
    variables: {
      "--reading-font": families[font],
      "--reading-size": `${textSize / 16}rem`,
      "--reading-measure": `${lineLength}ch`,
      "--reading-leading": String(lineHeight),
    },
    attributes: { "data-contrast": contrast, "data-motion": motion },
  };
}
