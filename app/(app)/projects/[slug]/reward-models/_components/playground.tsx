"use client";

import { useMutation } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { api } from "@/app/_components/api-client";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { Textarea } from "@/app/_components/ui/textarea";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { Question } from "@/lib/projects/schema";
import type { DenseMetrics } from "@/lib/reward/dense/schema";
import type { ScoreOutput, ScoreRequest } from "@/lib/reward/serving/schema";
import { DenseRewards } from "./dense-rewards";
import { HeadValues } from "./head-values";
import { modelsPath } from "./reward-paths";
import { joinSentences } from "./words";

const mostCompletions = 8;
const letters = "ABCDEFGH";

type PlaygroundProps = {
  slug: string;
  /** The id of the version that scores, or "active". */
  version: string;
  dense: DenseMetrics | null;
  questions: readonly Question[];
};

/** Scores a prompt's completions by a version. */
export function Playground({ slug, version, dense, questions }: PlaygroundProps) {
  const t = useTranslations("rewardModels");
  const [prompt, setPrompt] = useState("");
  const [texts, setTexts] = useState(["", ""]);
  const score = useMutation({
    mutationFn: async () => ({
      // What is highlighted is what was scored, also once it is edited.
      texts,
      output: await api<ScoreOutput>("POST", `${modelsPath(slug)}/${version}/score`, {
        items: [{ prompt, completions: texts, dense: dense !== null }],
        members: true,
        heads: true,
      } satisfies ScoreRequest),
    }),
  });
  const change = (place: number, text: string) => setTexts(texts.map((old, i) => (i === place ? text : old)));
  const resize = (next: string[]) => {
    setTexts(next);
    // Rewards stand beside the texts they are of.
    score.reset();
  };
  return (
    <Section title={t("playground.title")} description={t("playground.hint")}>
      <form
        className="grid gap-4 rounded-lg border p-4"
        onSubmit={(event) => {
          event.preventDefault();
          score.mutate();
        }}
      >
        <Field label={t("playground.prompt")}>
          <Textarea dir="auto" rows={2} value={prompt} onChange={({ target }) => setPrompt(target.value)} />
        </Field>
        <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
          {texts.map((text, i) => (
            <div key={i} className="flex items-start gap-2">
              <Field label={t("playground.completion", { letter: letters[i]! })} className="flex-1">
                <Textarea dir="auto" rows={4} value={text} onChange={({ target }) => change(i, target.value)} />
              </Field>
              {texts.length > 1 ? (
                <Button
                  size="icon"
                  variant="ghost"
                  aria-label={t("playground.remove", { letter: letters[i]! })}
                  onClick={() => resize(texts.filter((_, place) => place !== i))}
                >
                  <X />
                </Button>
              ) : null}
            </div>
          ))}
        </div>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" pending={score.isPending} disabled={texts.every((text) => text.trim() === "")}>
            {t("playground.score")}
          </Button>
          <Button variant="ghost" disabled={texts.length >= mostCompletions} onClick={() => resize([...texts, ""])}>
            <Plus /> {t("playground.add")}
          </Button>
        </div>
        {score.error ? <Alert tone="danger">{score.error.message}</Alert> : null}
        {score.data ? <Scores output={score.data.output} /> : null}
        {score.data ? (
          <DenseRewards
            metrics={dense}
            questions={questions}
            completions={score.data.output.items[0]!.completions.map((completion, i) => ({
              ...{ letter: letters[i]!, text: score.data.texts[i]!, dense: completion },
            }))}
          />
        ) : null}
      </form>
    </Section>
  );
}

function Scores({ output }: { output: ScoreOutput }) {
  const { completions, firstPreferred } = output.items[0]!;
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  return (
    <div role="status" className="grid gap-3">
      <Table label={t("playground.rewards")} stickyHead={false} density="compact">
        <THead>
          <TR>
            <TH>{t("words.version", { version: output.version })}</TH>
            <TH numeric>{t("playground.reward")}</TH>
            <TH numeric>{t("playground.withSides")}</TH>
            <TH numeric>{t("playground.members")}</TH>
          </TR>
        </THead>
        <TBody>
          {completions.map(({ reward, rewardWithSides, members }, i) => (
            <TR key={i}>
              <TD>{t("playground.completion", { letter: letters[i]! })}</TD>
              <TD numeric>{numbers.fixed(reward, 3)}</TD>
              <TD numeric>{numbers.fixed(rewardWithSides, 3)}</TD>
              <TD numeric>{members!.map((member) => numbers.fixed(member, 2)).join("  ")}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
      <HeadValues
        heads={completions.flatMap(({ heads }) => heads ?? [])}
        names={completions.map((_, i) => t("playground.completion", { letter: letters[i]! }))}
      />
      {firstPreferred ? (
        <p>
          {joinSentences(
            [
              t("playground.preferred", {
                withSides: numbers.percent(firstPreferred.probabilityWithSides),
                text: numbers.percent(firstPreferred.probability),
              }),
              ...(firstPreferred.outcomes
                ? [
                    t("playground.outcomes", {
                      first: numbers.percent(firstPreferred.outcomes.first),
                      tie: numbers.percent(firstPreferred.outcomes.tie),
                      second: numbers.percent(firstPreferred.outcomes.second),
                    }),
                  ]
                : []),
            ],
            t,
          )}
        </p>
      ) : null}
    </div>
  );
}
