import type { QuestionEffect, SchemaEffects } from "@/lib/projects/effects/schema";

/** What saving does, one sentence each; what is refused is told apart. */
export function wordEffects({ questions, held, labelable, startsJudges }: SchemaEffects): string[] {
  return [
    ...questions.flatMap(wordQuestionEffect),
    ...wordLabelable(labelable),
    ...wordHeld(held),
    ...(startsJudges ? ["Judges that are switched on look through what is routed to AI again."] : []),
  ];
}

/** Why the change cannot be saved. */
export function wordRefusals({ questions }: SchemaEffects): string[] {
  return questions.flatMap(({ refused }) => refused ?? []);
}

function wordQuestionEffect({ name, id, change, people, ai, lost, otherScale }: QuestionEffect): string[] {
  if (change === "same") return [];
  const which = `${name} (${id})`;
  if (change === "new") {
    const known = people + ai;
    if (known === 0) return [`${which} is asked from now on, of instances with places left.`];
    return [`${which} is asked from now on. ${wordLabels({ people, ai })} that it has already are answers to it.`];
  }
  if (change === "removed") {
    const [whole] = lost;
    if (!whole) return [`${which} is not asked any more. It has no labels.`];
    return [`${which} is not asked any more. ${wordLabels(whole)} stay stored and exported, and answer no question.`];
  }
  const parts = lost.map(
    (one) => `${wordLabels(one)} about ${one.part} stay stored and exported, and answer nothing any more.`,
  );
  const scale = otherScale > 0 ? [`${countOf(otherScale, "comparison")} keep the scale that they were given on.`] : [];
  const kept = people + ai - lost.reduce((sum, one) => sum + one.people + one.ai, 0);
  const rest = kept > 0 && lost.length + otherScale === 0 ? [`It keeps ${wordLabels({ people, ai })}.`] : [];
  return [[`${which} changes.`, ...parts, ...scale, ...rest].join(" ")];
}

function wordLabelable({ before, after }: SchemaEffects["labelable"]): string[] {
  if (before === after) return [];
  return [`People can be asked about ${countOf(after, "instance")} instead of ${before}.`];
}

function wordHeld({ instances, drafts, takenBack }: SchemaEffects["held"]): string[] {
  if (instances === 0) return [];
  const begun =
    drafts === 0
      ? "nobody has answered anything there that is not submitted"
      : `answers that are not submitted begin anew in ${drafts} of them`;
  const taken =
    takenBack === 0
      ? []
      : [
          `${countOf(takenBack, "instance")} that people hold ${takenBack === 1 ? "is" : "are"} taken back: nobody could be asked about ${takenBack === 1 ? "it" : "them"}.`,
        ];
  return [`People hold ${countOf(instances, "instance")} now; ${begun}.`, ...taken];
}

function wordLabels({ people, ai }: { people: number; ai: number }): string {
  const parts = [
    ...(people > 0 ? [`${countOf(people, "label")} of people`] : []),
    ...(ai > 0 ? [`${countOf(ai, "label")} of AI`] : []),
  ];
  return parts.join(" and ");
}

function countOf(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}
