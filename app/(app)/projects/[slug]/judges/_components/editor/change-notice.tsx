"use client";

import { useTranslations } from "next-intl";
import { useFormContext, useWatch } from "react-hook-form";

import { Alert } from "@/app/_components/ui/alert";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { LmConfig, LmJudgeView } from "@/lib/judges/schema";
import { joinListEnd, joinSentences } from "../join-words";
import { configOf, keyOf, type JudgeValues } from "../judge-values";
import { nameSetting } from "../setting-words";
import { changeOf } from "./change";

type ChangeNoticeProps = { judge: LmJudgeView; operational: readonly string[]; currency: string };

/** What saving would do, said before it is done: the next version judges again and costs; prices and limits do not. */
export function ChangeNotice({ judge, operational, currency }: ChangeNoticeProps) {
  const t = useTranslations("judges.notice");
  const judges = useTranslations("judges");
  const words = useTranslations("judges.words");
  const numbers = useNumbers();
  const { control } = useFormContext<JudgeValues>();
  const values = useWatch({ control }) as JudgeValues;
  const change = changeOf(judge.config, configOf(values, judge), operational);
  const { version, verdicts, costMicros } = judge;
  const list = (fields: (keyof LmConfig)[]) =>
    joinListEnd(
      fields.map((field) => nameSetting(field, judges)),
      words,
    );
  if (change.kind === "version") {
    const soFar =
      verdicts === 0
        ? t("nothingJudged")
        : t("soFar", { version, count: verdicts, cost: numbers.money(costMicros, currency) });
    return (
      <div role="status">
        <Alert tone="warning" title={t("makesVersion", { version: version + 1 })}>
          {joinSentences([t("changes", { settings: list(change.fields) }), soFar], words)}
        </Alert>
      </div>
    );
  }
  return (
    <p role="status" className="text-[0.8125rem] text-muted-foreground">
      {change.kind === "in-place"
        ? t("inPlace", { settings: list(change.fields), version })
        : values.name.trim() !== judge.name || "apiKey" in keyOf(values)
          ? t("nameAndKey", { version })
          : t("nothing", { version: version + 1 })}
    </p>
  );
}
