import type { Task } from "graphile-worker";
import { z } from "zod";
import { sweepLapsedLeases } from "@/lib/assignments/lease";
import { importRun } from "@/lib/datasets/import-run";
import { snapshotRun } from "@/lib/datasets/snapshot-run";
import { runTasks } from "@/lib/jobs/execute-run";
import { jobPayloads, type JobName } from "@/lib/jobs/schema";
import { sweepRuns } from "@/lib/jobs/sweep-runs";
import { openLm } from "@/lib/judges/ask-lm";
import { openRm } from "@/lib/judges/ask-rm";
import { attackRun } from "@/lib/judges/attacks/attack-run";
import { judgeRun } from "@/lib/judges/judge-run";
import type { Openers } from "@/lib/judges/open";
import { reportRun } from "@/lib/judges/report/report-run";
import { reportAnew } from "@/lib/judges/report/start";
import { resumeStopped } from "@/lib/judges/stopped";
import { openTagger } from "@/lib/judges/tags/ask-tags";
import { tagRun } from "@/lib/judges/tags/tag-run";
import { loadActiveScorer } from "@/lib/reward/active";
import { deleteOldFiles } from "@/lib/reward/old-versions";
import { retrainIfDue, scoreNewInstances, sweepReward } from "@/lib/reward/schedule";
import { sweepVectors } from "@/lib/reward/sweep-vectors";
import { scoreRun } from "@/lib/reward/score-run";
import { trainRun } from "@/lib/reward/train-run";
import { applyScheduled } from "@/lib/routing/apply-scheduled";
import { classifierRun } from "@/lib/routing/features/classifier/classifier-run";
import { featuresRun } from "@/lib/routing/features/features-run";
import { measureNew } from "@/lib/routing/features/queue";
import { fitRun } from "@/lib/routing/fits/fit-run";
import { routeRun } from "@/lib/routing/route-run";
import { sweepRouting } from "@/lib/routing/sweep";
import { startTrainerLast } from "./start-trainer";

/** How each kind of judge is asked. */
const judgeKinds: Openers = { lm: (judge) => openLm(judge), rm: openRm(loadActiveScorer) };

/** What this worker can do, by the name of the job. */
export const tasks: Record<JobName, Task> = {
  ...runTasks({
    import: importRun,
    snapshot: snapshotRun,
    judge: judgeRun(judgeKinds),
    "judge-attack": attackRun(judgeKinds),
    tagging: tagRun((judge) => openTagger(judge)),
    route: routeRun,
    train: trainRun(startTrainerLast),
    score: scoreRun,
    "judge-report": reportRun,
    "routing-features": featuresRun,
    "tag-classifier": classifierRun,
    "routing-fit": fitRun,
  }),
  "sweep-runs": async () => void (await sweepRuns()),
  "sweep-leases": async () => void (await sweepLapsedLeases()),
  "sweep-vectors": async () => {
    await deleteOldFiles();
    await sweepVectors();
  },
  "sweep-reports": async () => await reportAnew(),
  "sweep-judges": async () => await resumeStopped(),
  "sweep-routing": async () => await sweepRouting(),
  "apply-scheduled": async () => await applyScheduled(),
  "sweep-reward": async (payload) => await sweepReward(minuteOf(payload)),
  "features-new": async (payload) => await measureNew(jobPayloads["features-new"].parse(payload).projectId),
  "score-new": async (payload) => await scoreNewInstances(jobPayloads["score-new"].parse(payload).projectId),
  "retrain-due": async (payload) => await retrainIfDue(jobPayloads["retrain-due"].parse(payload).projectId),
};

/** One attempt each: a minute later, of vectors an hour, comes the next. */
export const crontab = `
* * * * * sweep-runs ?jobKey=sweep-runs&max=1
* * * * * sweep-leases ?jobKey=sweep-leases&max=1
* * * * * sweep-judges ?jobKey=sweep-judges&max=1
* * * * * sweep-reward ?jobKey=sweep-reward&max=1
11 * * * * sweep-reports ?jobKey=sweep-reports&max=1
17 * * * * sweep-vectors ?jobKey=sweep-vectors&max=1
23 * * * * sweep-routing ?jobKey=sweep-routing&max=1
* * * * * apply-scheduled ?jobKey=apply-scheduled&max=1
`;

/** The minute that a job of the crontab is for; the queue may start it a little later. */
function minuteOf(payload: unknown): Date {
  return new Date(z.object({ _cron: z.object({ ts: z.string() }) }).parse(payload)._cron.ts);
}
