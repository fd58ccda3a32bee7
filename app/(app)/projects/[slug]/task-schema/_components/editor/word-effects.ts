import type { Translate } from "@/app/i18n/translate";
import type { QuestionEffect, SchemaEffects } from "@/lib/projects/effects/schema";

type EffectWords = Translate<"taskSchema.effects">;

/** What saving does, one sentence each; what is refused is told apart. */
export function wordEffects({ questions, held, labelable, startsJudges }: SchemaEffects, t: EffectWords): string[] {
  return [
    ...questions.flatMap((question) => wordQuestionEffect(question, t)),
    ...(labelable.before === labelable.after ? [] : [t("labelable", labelable)]),
    ...wordHeld(held, t),
    ...(startsJudges ? [t("judges")] : []),
  ];
}

/** Why the change cannot be saved. */
export function wordRefusals({ questions }: SchemaEffects): string[] {
  return questions.flatMap(({ refused }) => refused ?? []);
}

function wordQuestionEffect(effect: QuestionEffect, t: EffectWords): string[] {
  const { name, id, change, people, ai, lost, reasons, otherScale } = effect;
  const which = { name, id };
  switch (change) {
    case "same":
      return [];
    case "new":
      return [
        people + ai === 0 ? t("new", which) : t("newAnswered", { ...which, labels: wordLabels({ people, ai }, t) }),
      ];
    case "removed": {
      const [whole] = lost;
      return [whole ? t("removedAnswered", { ...which, labels: wordLabels(whole, t) }) : t("removed", which)];
    }
    case "changed": {
      const parts = lost.map((one) => t("lost", { labels: wordLabels(one, t), part: one.part ?? id }));
      const scale = otherScale > 0 ? [t("otherScale", { count: otherScale })] : [];
      const kept = people + ai - lost.reduce((sum, one) => sum + one.people + one.ai, 0);
      const isKept = kept > 0 && lost.length + otherScale === 0;
      const rest = isKept ? [t("kept", { labels: wordLabels({ people, ai }, t) })] : [];
      return [[t("changed", which), ...parts, ...scale, ...rest, ...wordReasons(reasons, t)].join(" ")];
    }
  }
}

function wordReasons(reasons: QuestionEffect["reasons"], t: EffectWords): string[] {
  if (!reasons) return [];
  const { lost, submissions } = reasons;
  return [
    ...lost.map(({ aspect, reason, ...counts }) => t("reason", { aspect, reason, labels: wordLabels(counts, t) })),
    ...(submissions === 0 ? [] : [t("askAgain", { count: submissions })]),
  ];
}

function wordHeld({ instances, drafts, takenBack }: SchemaEffects["held"], t: EffectWords): string[] {
  if (instances === 0) return [];
  return [
    drafts === 0 ? t("held", { instances }) : t("heldDrafts", { instances, drafts }),
    ...(takenBack === 0 ? [] : [t("takenBack", { count: takenBack })]),
  ];
}

function wordLabels({ people, ai }: { people: number; ai: number }, t: EffectWords): string {
  if (people > 0 && ai > 0) return t("ofBoth", { people, ai });
  return people > 0 ? t("ofPeople", { people }) : t("ofAi", { ai });
}
