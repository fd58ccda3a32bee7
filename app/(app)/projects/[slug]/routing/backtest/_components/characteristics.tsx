import { useTranslations } from "next-intl";
import { Badge } from "@/app/_components/ui/badge";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { Coefficient, Figure, LearnReport } from "@/lib/routing/learn/schema";
import { wordSigned } from "./curve-looks";

/** Effects are thousandths of a nat: differences of log-likelihoods are small. */
const thousandths = (value: number) => wordSigned(1000 * value, 2);

/** Which characteristics gain from people and which from AI, the clearest first. */
export function Characteristics({ learned, isTrusted }: { learned: LearnReport; isTrusted: boolean }) {
  const t = useTranslations("routing.characteristics");
  const { coefficients } = learned;
  const widest = Math.max(
    1e-9,
    ...coefficients.flatMap(({ effect }) => [effect.value, ...(effect.interval ?? [])].map(Math.abs)),
  );
  const inOrder = coefficients.toSorted((a, b) => b.effect.value - a.effect.value);
  const clear = coefficients.filter(({ effect }) => isClear(effect)).length;
  return (
    <Section title={t("title")} description={t("description")}>
      <p className="text-muted-foreground tabular-nums">
        {t("clear", { clear, all: coefficients.length })}
        {isTrusted ? "" : ` ${t("hints")}`}
      </p>
      {coefficients.length > 0 ? (
        <Table label={t("label")} density="compact">
          <THead>
            <TR>
              <TH>{t("with")}</TH>
              <TH className="min-w-36 sm:w-2/5">
                <span dir="ltr" className="flex justify-between gap-2">
                  <span>{t("aiSuffices")}</span>
                  <span>{t("peopleGain")}</span>
                </span>
              </TH>
              <TH numeric>{t("effect")}</TH>
              <TH numeric>{t("pairs")}</TH>
            </TR>
          </THead>
          <TBody>
            {inOrder.map((coefficient) => (
              <Row key={coefficient.column} coefficient={coefficient} widest={widest} isFaint={!isTrusted} />
            ))}
          </TBody>
        </Table>
      ) : null}
    </Section>
  );
}

function Row({ coefficient, widest, isFaint }: { coefficient: Coefficient; widest: number; isFaint: boolean }) {
  const t = useTranslations("routing.characteristics");
  const tFigures = useTranslations("routing.figures");
  const { number } = useNumbers();
  const { words, support, effect } = coefficient;
  return (
    <TR>
      <TD className="min-w-40 [overflow-wrap:anywhere]">
        {words}{" "}
        {isClear(effect) ? (
          <Badge variant={effect.value > 0 ? "indigo" : "amber"}>{t(effect.value > 0 ? "people" : "ai")}</Badge>
        ) : null}
      </TD>
      <TD className={isFaint ? "opacity-50" : undefined}>
        <SignedBar effect={effect} widest={widest} />
      </TD>
      <TD numeric>
        <bdi dir="ltr">{thousandths(effect.value)}</bdi>
        {effect.interval ? (
          <span className="block text-xs text-muted-foreground">
            <bdi>
              {tFigures("between", { from: thousandths(effect.interval[0]), to: thousandths(effect.interval[1]) })}
            </bdi>
          </span>
        ) : null}
      </TD>
      <TD numeric>{number(support)}</TD>
    </TR>
  );
}

/** A bar from 0 to the value, with its interval as a line; hollow where the interval reaches 0. The figures stand beside it. */
function SignedBar({ effect: { value, interval }, widest }: { effect: Figure; widest: number }) {
  const at = (each: number) => 50 + (48 * each) / widest;
  const isPeople = value > 0;
  const ink = isPeople ? "fill-tone-indigo stroke-tone-indigo" : "fill-tone-amber stroke-tone-amber";
  return (
    <svg aria-hidden viewBox="0 0 100 12" preserveAspectRatio="none" className="h-4 w-full">
      <line x1={50} x2={50} y1={0} y2={12} className="stroke-border-strong" vectorEffect="non-scaling-stroke" />
      <rect
        x={Math.min(at(0), at(value))}
        width={Math.abs(at(value) - at(0))}
        y={3}
        height={6}
        strokeWidth={1}
        vectorEffect="non-scaling-stroke"
        className={`${ink} ${isClear({ value, interval }) ? "" : "fill-transparent"}`}
      />
      {interval ? (
        <line
          x1={at(interval[0])}
          x2={at(interval[1])}
          y1={6}
          y2={6}
          strokeWidth={1.5}
          vectorEffect="non-scaling-stroke"
          className="stroke-foreground"
        />
      ) : null}
    </svg>
  );
}

function isClear({ interval }: Figure): boolean {
  return interval !== null && (interval[0] > 0 || interval[1] < 0);
}
