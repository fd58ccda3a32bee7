import type { Translate } from "@/app/i18n/translate";
import type { Numbers } from "./numbers";

const minute = 60_000;

/**
 * How long something took, in the two units that say most: "4 s", "3 min 20 s", "2 h 5 min". What is under a minute comes
 * with tenths where those tell one from another, as among medians of short answers: "8.4 s".
 */
export function wordDuration(
  ms: number,
  numbers: Numbers,
  t: Translate<"ui.duration">,
  { withTenths = false }: { withTenths?: boolean } = {},
): string {
  const digits = withTenths ? 1 : 0;
  const seconds = Number((ms / 1000).toFixed(digits));
  if (seconds < 60) return t("seconds", { count: numbers.fixed(seconds, digits) });
  const whole = Math.round(ms / 1000);
  if (whole < 3600) return pair(t, ["minutes", Math.floor(whole / 60)], ["seconds", whole % 60], numbers);
  const minutes = Math.round(ms / minute);
  return pair(t, ["hours", Math.floor(minutes / 60)], ["minutes", minutes % 60], numbers);
}

type Part = ["hours" | "minutes" | "seconds", number];

function pair(t: Translate<"ui.duration">, large: Part, small: Part, numbers: Numbers): string {
  const word = ([unit, count]: Part) => t(unit, { count: numbers.number(count) });
  return small[1] === 0 ? word(large) : t("pair", { large: word(large), small: word(small) });
}
