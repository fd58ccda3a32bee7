import { say, sayText } from "@/lib/say";
import { runKinds, type RunKind } from "./schema";

/** A kind of run within a sentence, in the language of the request. */
export function wordRun(kind: RunKind): string {
  const words: Record<RunKind, string> = {
    import: say`import`,
    snapshot: say`snapshot`,
    judge: say`judging`,
    route: say`routing`,
    train: say`training`,
    score: say`scoring`,
    "judge-report": say`report on AI annotators`,
    "judge-attack": say`test against attacks`,
    tagging: say`tagging`,
    "routing-features": say`computation of features for routing`,
    "tag-classifier": say`tagging by a classifier`,
    "routing-fit": say`fit of the routing`,
  };
  return words[kind];
}

/** Why a run failed, which its row keeps in English and with its kind as rows have it, in the language of the request. */
export function tellRunError(error: string): string {
  const [, start, kept] =
    /^(An unexpected error stopped the |The worker ended unexpectedly at every attempt\. Start the )([a-z-]+) /.exec(
      error,
    ) ?? [];
  const kind = runKinds.find((one) => one === kept);
  return sayText(kind ? start! + wordRun(kind) + error.slice(start!.length + kind.length) : error);
}
