"use client";

import { useMutation } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useState } from "react";

import { api } from "@/app/_components/api-client";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { formatPercent } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { Textarea } from "@/app/_components/ui/textarea";
import type { DenseMetrics } from "@/lib/reward/dense/schema";
import type { ScoreOutput, ScoreRequest } from "@/lib/reward/serving/schema";
import { DenseRewards } from "./dense-rewards";
import { HeadValues } from "./head-values";
import { modelsPath } from "./reward-paths";

const mostCompletions = 8;
const letters = "ABCDEFGH";

type PlaygroundProps = {
  slug: string;
  /** The id of the version that scores, or "active". */
  version: string;
  dense: DenseMetrics | null;
};

/** Scores a prompt's completions by a version. */
export function Playground({ slug, version, dense }: PlaygroundProps) {
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
    <Section
      title="Playground"
      description="The reward reads the completion alone; the prompt counts where a version weighs aspects by it or rates segments and steps. Rewards compare completions of one prompt; they have no zero."
    >
      <form
        className="grid gap-4 rounded-lg border p-4"
        onSubmit={(event) => {
          event.preventDefault();
          score.mutate();
        }}
      >
        <Field label="Prompt">
          <Textarea rows={2} value={prompt} onChange={({ target }) => setPrompt(target.value)} />
        </Field>
        <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
          {texts.map((text, i) => (
            <div key={i} className="flex items-start gap-2">
              <Field label={`Completion ${letters[i]}`} className="flex-1">
                <Textarea rows={4} value={text} onChange={({ target }) => change(i, target.value)} />
              </Field>
              {texts.length > 1 ? (
                <Button
                  size="icon"
                  variant="ghost"
                  aria-label={`Remove completion ${letters[i]}`}
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
            Score completions
          </Button>
          <Button variant="ghost" disabled={texts.length >= mostCompletions} onClick={() => resize([...texts, ""])}>
            <Plus /> Add completion
          </Button>
        </div>
        {score.error ? <Alert tone="danger">{score.error.message}</Alert> : null}
        {score.data ? <Scores output={score.data.output} /> : null}
        {score.data ? (
          <DenseRewards
            metrics={dense}
            completions={score.data.output.items[0]!.completions.map((completion, i) => ({
              ...{ name: `Completion ${letters[i]}`, text: score.data.texts[i]!, dense: completion },
            }))}
          />
        ) : null}
      </form>
    </Section>
  );
}

function Scores({ output }: { output: ScoreOutput }) {
  const { completions, firstPreferred } = output.items[0]!;
  return (
    <div role="status" className="grid gap-3">
      <Table label="Rewards" stickyHead={false} density="compact">
        <THead>
          <TR>
            <TH>Version {output.version}</TH>
            <TH numeric>Reward</TH>
            <TH numeric>With length and format</TH>
            <TH numeric>Members</TH>
          </TR>
        </THead>
        <TBody>
          {completions.map(({ reward, rewardWithSides, members }, i) => (
            <TR key={i}>
              <TD>Completion {letters[i]}</TD>
              <TD numeric>{reward.toFixed(3)}</TD>
              <TD numeric>{rewardWithSides.toFixed(3)}</TD>
              <TD numeric>{members!.map((member) => member.toFixed(2)).join("  ")}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
      <HeadValues
        heads={completions.flatMap(({ heads }) => heads ?? [])}
        names={completions.map((_, i) => `Completion ${letters[i]}`)}
      />
      {firstPreferred ? (
        <p>
          Completion A is preferred with a probability of {formatPercent(firstPreferred.probabilityWithSides)}, by the
          text alone {formatPercent(firstPreferred.probability)}.
          {firstPreferred.outcomes
            ? ` With ties as an outcome of their own: A ${formatPercent(firstPreferred.outcomes.first)}, a tie ${formatPercent(firstPreferred.outcomes.tie)}, B ${formatPercent(firstPreferred.outcomes.second)}.`
            : ""}
        </p>
      ) : null}
    </div>
  );
}
