import { pacePolicies } from "./budget/pace-policies";
import { fallBackWhereWorse } from "./estimates/fall-back";
import { measureWhereNeeded } from "./features/queue";
import { followAllFits } from "./follow-fits";
import { releaseStranded } from "./release-stranded";
import { startDueFits } from "./settings/start-due-fits";

/** What routing does once an hour, in the order of the list. */
const hourly: readonly (() => Promise<void>)[] = [
  followAllFits,
  releaseStranded,
  measureWhereNeeded,
  () => pacePolicies(),
  () => fallBackWhereWorse(),
  () => startDueFits(),
];

/** Looks after the routing of every project. What fails does not keep the rest from its turn; the job fails at the end. */
export async function sweepRouting(): Promise<void> {
  const faults: unknown[] = [];
  for (const task of hourly) await task().catch((fault: unknown) => faults.push(fault));
  if (faults.length > 0) throw new AggregateError(faults, "Routing was not looked after wholly.");
}
