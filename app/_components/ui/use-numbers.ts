import { useLocale } from "next-intl";
import { numbersOf, type Numbers } from "./numbers";

/** Numbers, shares, money and days as the language of the page writes them. */
export function useNumbers(): Numbers {
  return numbersOf(useLocale());
}
