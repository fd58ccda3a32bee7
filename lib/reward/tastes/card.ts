import { percent, withInterval } from "../with-interval";
import { tastesOutput, type TasteMetrics } from "./schema";

/** What a model card says of the tastes of those who labelled. */
export function tasteParagraphs(tastes: TasteMetrics | null): string[] {
  if (!tastes) return [];
  if (tastes.kind === "skipped") return ["## Tastes", `Groups of annotators were not looked for. ${tastes.reason}`];
  const { groups, annotators, worst } = tastes;
  if (groups.length === 1) {
    return [
      "## Tastes",
      `More groups than one did not explain unseen answers of the ${annotators} annotators better. The output \`${tastesOutput}\` [n, 1] is the reward of all of them, standardised.`,
    ];
  }
  const rows = groups.map(
    ({ share, annotators: members, labels, accuracy, single }, k) =>
      `| ${"ABC"[k]!} | ${percent(share)} | ${members} | ${labels} | ${withInterval(accuracy)} | ${withInterval(single)} |`,
  );
  return [
    "## Tastes",
    `The ${annotators} annotators form ${groups.length} groups. Agreement with their own held-out answers, by the group's rewards and by the single model:`,
    [
      "| group | share | annotators | labels | its rewards | the single model |",
      "|---|---|---|---|---|---|",
      ...rows,
    ].join("\n"),
    ...(worst
      ? [
          `The group that is served worst: ${withInterval(worst.accuracy)}, by the single model ${withInterval(worst.single)}.`,
        ]
      : []),
    `The output \`${tastesOutput}\` [n, ${groups.length}] has each group's reward in standard deviations from the mean of the training completions; their minimum is what MaxMin-RLHF maximises.`,
  ];
}
