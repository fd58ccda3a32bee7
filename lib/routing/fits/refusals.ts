import { AppError } from "@/lib/errors";
import type { Compared } from "@/lib/reward/compared-aspect";
import { say } from "@/lib/say";

/** With fewer a split has nothing to fit on or to measure. */
export const fewestDual = { instances: 20, units: 50, prompts: 8 };

/** Why a project that asks for nothing of the kind has no fits. */
export function nothingCompared(slug: string): AppError {
  return new AppError(
    "conflict",
    say`Project ${slug} asks for nothing that people and AI could agree on: add a question of type comparison, ranking, rating or binary to its task schema.`,
  );
}

/** Why there can be no fit yet, and what to do. `labelled` is what there is, such as "3 pairs of 2 prompts". */
export function tooFewDual(slug: string, { question }: Compared, labelled: string): AppError {
  const { units, prompts } = fewestDual;
  return new AppError(
    "conflict",
    say`For question ${question} of project ${slug} both people and AI have labelled ${labelled}, outside of the held-out test part; a fit needs ${units} pairs or completions of ${prompts} prompts. Raise the dual share of the routing policy, let a judge label what people have labelled, or import labels of both. Labels of people who saw an AI's suggestion do not count.`,
  );
}
