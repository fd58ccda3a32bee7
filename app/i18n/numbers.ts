import { getLocale } from "next-intl/server";
import { numbersOf, type Numbers } from "@/app/_components/ui/numbers";

/** Numbers, shares and money as the language of the page writes them, for components that wait for something. */
export async function getNumbers(): Promise<Numbers> {
  return numbersOf(await getLocale());
}
