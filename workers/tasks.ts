import type { Task } from "graphile-worker";
import { sweepLapsedLeases } from "@/lib/assignments/lease";
import { importRun } from "@/lib/datasets/import-run";
import { snapshotRun } from "@/lib/datasets/snapshot-run";
import { runTasks } from "@/lib/jobs/execute-run";
import type { JobName } from "@/lib/jobs/schema";
import { sweepRuns } from "@/lib/jobs/sweep-runs";
import { judgeRun } from "@/lib/judges/judge-run";
import { routeRun } from "@/lib/routing/route-run";

/** What this worker can do, by the name of the job. */
export const tasks: Record<JobName, Task> = {
  ...runTasks({ import: importRun, snapshot: snapshotRun, judge: judgeRun(), route: routeRun }),
  "sweep-runs": async () => void (await sweepRuns()),
  "sweep-leases": async () => void (await sweepLapsedLeases()),
};

/** One attempt each: a minute later comes the next. */
export const crontab = `
* * * * * sweep-runs ?jobKey=sweep-runs&max=1
* * * * * sweep-leases ?jobKey=sweep-leases&max=1
`;
