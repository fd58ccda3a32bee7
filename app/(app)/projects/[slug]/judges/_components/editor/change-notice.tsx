"use client";

import { useFormContext, useWatch } from "react-hook-form";

import { Alert } from "@/app/_components/ui/alert";
import { formatMoney, formatNumber } from "@/app/_components/ui/numbers";
import type { LmJudgeView } from "@/lib/judges/schema";
import { configOf, keyOf, type JudgeValues } from "../judge-values";
import { nameSetting } from "../setting-words";
import { changeOf } from "./change";

type ChangeNoticeProps = { judge: LmJudgeView; operational: readonly string[]; currency: string };

/** What saving would do, said before it is done: the next version judges again and costs; prices and limits do not. */
export function ChangeNotice({ judge, operational, currency }: ChangeNoticeProps) {
  const { control } = useFormContext<JudgeValues>();
  const values = useWatch({ control }) as JudgeValues;
  const change = changeOf(judge.config, configOf(values, judge), operational);
  if (change.kind === "version") {
    return (
      <div role="status">
        <Alert tone="warning" title={`Saving makes version ${judge.version + 1}`}>
          {`What changes: ${wordList(change.fields)}. It then judges all that is routed to it again, which costs anew. ${wordSoFar(judge, currency)}`}
        </Alert>
      </div>
    );
  }
  return (
    <p role="status" className="text-[0.8125rem] text-muted-foreground">
      {change.kind === "in-place"
        ? `Saving changes its ${wordList(change.fields)} in place: it stays version ${judge.version} and judges nothing again.`
        : values.name.trim() !== judge.name || "apiKey" in keyOf(values)
          ? `Name and key change in place: it stays version ${judge.version}.`
          : `Nothing is changed. Prices and limits change in place; whatever changes its answers makes version ${judge.version + 1}.`}
    </p>
  );
}

function wordSoFar({ version, verdicts, costMicros }: LmJudgeView, currency: string): string {
  if (verdicts === 0) return "So far it has judged nothing.";
  const versions = version === 1 ? "Version 1 has" : `Its ${version} versions have`;
  return `${versions} given ${formatNumber(verdicts)} ${verdicts === 1 ? "verdict" : "verdicts"} for ${formatMoney(costMicros, currency)}; their labels stay.`;
}

function wordList(fields: readonly string[]): string {
  const names = fields.map(nameSetting);
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
