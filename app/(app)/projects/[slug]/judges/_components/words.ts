import type { JudgeView, JudgeVersionReport, VerdictOutcome } from "@/lib/judges/schema";

/** What answers for a judge. */
export function modelOf(config: JudgeVersionReport["config"]): string {
  if ("model" in config) return config.model;
  return config.rewardModel === null ? "Reward model" : `Reward model ${config.rewardModel.version}`;
}

/** Whether a judge is the reward model while none is promoted. */
export function lacksModel(judge: JudgeView): boolean {
  return judge.kind === "rm" && judge.config.rewardModel === null;
}

/** One verdict in a sentence. */
export function wordOutcome(outcome: VerdictOutcome): string {
  if (outcome.kind === "invalid") return `Cannot be used: ${outcome.problem}.`;
  const said = wordAnswer(outcome);
  return outcome.reasoning === null ? said : `${said} ${outcome.reasoning}`;
}

/** What a verdict that could be read says, without its reason. */
export function wordAnswer(outcome: Exclude<VerdictOutcome, { kind: "invalid" }>): string {
  switch (outcome.kind) {
    case "preferred":
      return `Prefers the ${outcome.preferred === 0 ? "first" : "second"} of the pair, strength ${outcome.strength}.`;
    case "tie":
      return "A tie.";
    case "ranking":
      return `Ranks them ${outcome.ranks.join(", ")}.`;
    case "rating":
      return outcome.expected === null
        ? `Rates it ${outcome.value}.`
        : `Rates it ${outcome.value}, ${outcome.expected.toFixed(2)} on average.`;
    case "binary":
      return outcome.value ? "Yes." : "No.";
    case "spans":
      return wordSpans(outcome.spans.length, outcome.unaligned.length);
    case "steps":
      return outcome.firstError === null
        ? "Finds no error."
        : `Finds the first error in step ${outcome.firstError + 1}.`;
    case "critique":
      return outcome.rewrite === null ? outcome.text : `${outcome.text}\n\nRewritten: ${outcome.rewrite}`;
  }
}

function wordSpans(spans: number, unaligned: number): string {
  const marked = spans === 0 ? "Marks nothing." : `Marks ${spans === 1 ? "one place" : `${spans} places`}.`;
  if (unaligned === 0) return marked;
  return `${marked} ${unaligned === 1 ? "One quote is" : `${unaligned} quotes are`} not in the text.`;
}
