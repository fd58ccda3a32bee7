import { useTranslations } from "next-intl";
import type { AnswerWords } from "./label-words";

/** What answers are worded with, in the language of the page. */
export function useAnswerWords(): AnswerWords {
  return { t: useTranslations("projects.labels"), label: useTranslations("label") };
}
