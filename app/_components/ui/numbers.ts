import { wordMoney } from "@/lib/text/money";
import { directionOf, intlTag, type Locale } from "@/lib/text/locales";

/** A narrow no-break space: the gap between a figure and its unit. */
const gap = "\u202f";

/** How a language writes figures. Where it is written from the right, those that hold more than one part stay in order. */
export type Numbers = {
  /** With thousands separators and at most `digits` decimals (none unless given). */
  number: (value: number, digits?: number) => string;
  /** With exactly so many decimals; its minus sign stays before it also where a language is written from the right. */
  fixed: (value: number, digits: number) => string;
  /**
   * A fraction (0.724) as a percentage, with one decimal unless given. The interval is also in fractions: a half-width
   * (0.019) gives "72.4 % ± 1.9", bounds ([0.70, 0.75]) give "72.4 % (70.0–75.0)". A value that is not finite gives "–".
   */
  percent: (fraction: number, interval?: number | readonly [number, number], digits?: number) => string;
  /** An amount of money in millionths: two decimals, and three figures of amounts below one. */
  money: (micros: number, currency?: string) => string;
  /** A day as "3 Nov", with the year where it is asked for. All times are UTC. */
  day: (date: Date | string, withYear?: boolean) => string;
};

const made = new Map<Locale, Numbers>();

/** The figures of a language; the same object each time. */
export function numbersOf(locale: Locale): Numbers {
  const numbers = made.get(locale) ?? make(intlTag(locale), directionOf(locale) === "rtl" ? isolate : (text) => text);
  made.set(locale, numbers);
  return numbers;
}

/** Keeps a run of figures and signs from left to right, also in the middle of a line from the right. */
function isolate(text: string): string {
  return `\u2066${text}\u2069`;
}

function make(tag: string, inOrder: (text: string) => string): Numbers {
  const decimals = new Map<string, Intl.NumberFormat>();
  const fixed = (value: number, least: number, most: number): string => {
    const key = `${least} ${most}`;
    const format =
      decimals.get(key) ?? new Intl.NumberFormat(tag, { minimumFractionDigits: least, maximumFractionDigits: most });
    decimals.set(key, format);
    return format.format(value);
  };
  return {
    number: (value, digits = 0) => fixed(value, 0, digits),
    fixed: (value, digits) => fixed(value, digits, digits),
    percent: (fraction, interval, digits = 1) => {
      if (!Number.isFinite(fraction)) return "–";
      const points = (value: number) => fixed(100 * value, digits, digits);
      const percent = `${points(fraction)}${gap}%`;
      if (interval === undefined) return inOrder(percent);
      if (typeof interval === "number") return inOrder(`${percent} ±${gap}${points(interval)}`);
      return inOrder(`${percent} (${points(interval[0])}–${points(interval[1])})`);
    },
    money: (micros, currency) => inOrder(wordMoney(micros, currency, tag)),
    day: (date, withYear = false) =>
      new Intl.DateTimeFormat(tag === "en" ? "en-GB" : tag, {
        timeZone: "UTC",
        day: "numeric",
        month: "short",
        year: withYear ? "numeric" : undefined,
      }).format(new Date(date)),
  };
}
