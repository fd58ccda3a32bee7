"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Appearance } from "@/lib/auth/schema";
import { localeNames, locales } from "@/lib/text/locales";
import { cn } from "../ui/cn";
import { useAppearance } from "./appearance-provider";

const themes = ["system", "light", "dark", "paper"] as const;
const contrasts = ["system", "high"] as const;
const motions = ["system", "none"] as const;
const fonts = ["sans", "serif", "hyperlegible", "dyslexic"] as const;
const textSizes = [14, 16, 18, 20, 24] as const;
const lineLengths = [55, 72, 95] as const;
const lineHeights = [1.4, 1.6, 1.9] as const;

/** The language of the interface. */
export function LanguageFields() {
  const t = useTranslations("reading");
  return (
    <Choice
      name="locale"
      legend={t("language")}
      values={[null, ...locales]}
      word={(locale) =>
        locale === null ? (
          t("asTheBrowser")
        ) : (
          <span lang={locale} dir="auto">
            {localeNames[locale]}
          </span>
        )
      }
    />
  );
}

/** Colours and motion of all pages. */
export function ThemeFields() {
  const t = useTranslations("reading");
  return (
    <>
      <Choice name="theme" legend={t("theme")} values={themes} word={(theme) => t(`themes.${theme}`)} />
      <Choice name="contrast" legend={t("contrast")} values={contrasts} word={(one) => t(`contrasts.${one}`)} />
      <Choice name="motion" legend={t("motion")} values={motions} word={(one) => t(`motions.${one}`)} />
    </>
  );
}

/** How texts to be judged are set. */
export function TextFields() {
  const t = useTranslations("reading");
  return (
    <>
      <Choice name="font" legend={t("font")} values={fonts} word={(font) => t(`fonts.${font}`)} />
      <Choice name="textSize" legend={t("textSize")} values={textSizes} word={(size) => String(size)} />
      <Choice
        name="lineLength"
        legend={t("lineLength")}
        values={lineLengths}
        word={(length) => t(`lineLengths.${length}`)}
      />
      <Choice
        name="lineHeight"
        legend={t("lineHeight")}
        values={lineHeights}
        word={(height) => t(`lineHeights.${height === 1.4 ? "tight" : height === 1.6 ? "normal" : "loose"}`)}
      />
    </>
  );
}

type ChoiceProps<Name extends keyof Appearance> = {
  name: Name;
  legend: string;
  values: readonly Appearance[Name][];
  word: (value: Appearance[Name]) => ReactNode;
};

/** Radio buttons in a row that look like one control. */
function Choice<Name extends keyof Appearance>({ name, legend, values, word }: ChoiceProps<Name>) {
  const { appearance, change } = useAppearance();
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 text-[0.8125rem] leading-5 font-medium">{legend}</legend>
      <div className="flex w-fit flex-wrap gap-0.5 rounded-md border border-input p-0.5">
        {values.map((value) => (
          <label
            key={String(value)}
            className={cn(
              "relative flex min-h-7 cursor-pointer items-center rounded-sm px-2.5 text-[0.8125rem] whitespace-nowrap",
              "hover:bg-accent has-checked:bg-primary has-checked:text-white has-checked:hover:bg-primary",
              "has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-ring",
            )}
          >
            <input
              type="radio"
              name={name}
              value={String(value)}
              checked={appearance[name] === value}
              onChange={() => change({ [name]: value })}
              className="sr-only"
            />
            {word(value)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
