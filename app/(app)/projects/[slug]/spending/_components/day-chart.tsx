import { useTranslations } from "next-intl";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Section } from "@/app/_components/ui/page";
import type { SpendingView } from "@/lib/ledger/schema";

const dayMs = 86_400_000;
/** More bars than this are too thin: then one stands for a month, or a year. */
const mostBars = 92;
/** How many days a bar stands for, by the length of its label. */
const scales = [
  { name: "byDay", length: "2026-01-01".length, days: 1 },
  { name: "byMonth", length: "2026-01".length, days: 30 },
  { name: "byYear", length: "2026".length, days: 365 },
] as const;

type Bar = { label: string; lmMicros: number; humanMicros: number };

/** What judges and people cost, day by day or, over a long time, by month or year. */
export function DayChart({ spending }: { spending: SpendingView }) {
  const t = useTranslations("spending.chart");
  const numbers = useNumbers();
  const bars = barsOf(spending);
  const most = Math.max(0, ...bars.map(({ lmMicros, humanMicros }) => lmMicros + humanMicros));
  const money = (micros: number) => numbers.money(micros, spending.prices.currency);
  const peak = bars.find(({ lmMicros, humanMicros }) => lmMicros + humanMicros === most);
  return (
    <Section title={t(scales.find(({ length }) => length === bars[0]?.label.length)!.name)}>
      {most === 0 ? (
        <p className="text-muted-foreground">{t("nothing")}</p>
      ) : (
        <figure dir="ltr" className="grid gap-1 rounded-lg border bg-card p-4">
          <div className="text-xs text-muted-foreground tabular-nums">{money(most)}</div>
          <div
            role="img"
            aria-label={t("summary", { from: spending.from, to: spending.to, most: money(most), peak: peak!.label })}
            className="flex h-40 items-end gap-px border-t border-b border-dashed border-b-border-strong"
          >
            {bars.map((bar) => (
              <div
                key={bar.label}
                className="flex h-full flex-1 flex-col justify-end hover:bg-muted"
                title={t("bar", { when: bar.label, judges: money(bar.lmMicros), people: money(bar.humanMicros) })}
              >
                <div className="bg-tone-indigo" style={{ height: `${(100 * bar.humanMicros) / most}%` }} />
                <div className="bg-tone-amber" style={{ height: `${(100 * bar.lmMicros) / most}%` }} />
              </div>
            ))}
          </div>
          <div className="flex justify-between text-xs text-muted-foreground tabular-nums">
            <span>{bars[0]!.label}</span>
            <span>{bars.at(-1)!.label}</span>
          </div>
          <figcaption className="mt-1 flex gap-4 text-[0.8125rem] text-muted-foreground">
            <Key className="bg-tone-indigo" label={t("people")} />
            <Key className="bg-tone-amber" label={t("judges")} />
          </figcaption>
        </figure>
      )}
    </Section>
  );
}

function Key({ className, label }: { className: string; label: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden className={`size-2 rounded-[2px] ${className}`} />
      {label}
    </span>
  );
}

function barsOf({ from, to, days }: SpendingView): Bar[] {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1;
  const { length } = scales.find((scale) => count / scale.days <= mostBars) ?? scales.at(-1)!;
  const bars = new Map<string, Bar>();
  for (let n = 0; n < count; n += 1) {
    const label = new Date(Date.parse(from) + n * dayMs).toISOString().slice(0, length);
    bars.set(label, { label, lmMicros: 0, humanMicros: 0 });
  }
  for (const { day, lmMicros, humanMicros } of days) {
    const bar = bars.get(day.slice(0, length))!;
    bar.lmMicros += lmMicros;
    bar.humanMicros += humanMicros;
  }
  return [...bars.values()];
}
