import { sha256 } from "@/lib/text/canonical";
import { faultOf, type ImportEntry } from "./import-batches";
import { readLabel } from "./import-labels";
import { planLabels, planRecord, type ImportPlan } from "./import-plan";
import type { KnownInstances } from "./known-instances";
import { questionKey, type ImportedLabelLine } from "./record";
import { RecordFault } from "./record-fault";
import type { ImportFault } from "./schema";

/** How often each question was answered in a file of labels, by a hash of instance and question. */
export type AnswerCounts = Map<number, number>;

type Planning = {
  plan: ImportPlan;
  known: KnownInstances;
  /** Gets the counts that these entries change. */
  answers: AnswerCounts;
  /** The counts before these entries, if they are kept elsewhere. */
  before?: AnswerCounts;
  entries: ImportEntry[];
};

/** Plans what entries of a file change and returns the faults, at most one a line. */
export function planEntries(planning: Planning): ImportFault[] {
  const faults: ImportFault[] = [];
  for (const entry of planning.entries) {
    try {
      if (entry.kind === "fault") faults.push(entry.fault);
      else if (entry.kind === "record") planRecord(planning.plan, planning.known, entry.record);
      else planLabelLine(planning, entry.label);
    } catch (error) {
      if (!(error instanceof RecordFault)) throw error;
      faults.push(faultOf(entry.line, error));
    }
  }
  return faults;
}

function planLabelLine({ plan, known, answers, before }: Planning, line: ImportedLabelLine): void {
  const instance = known.get(line.instance);
  if (!instance?.shape) {
    throw new RecordFault(
      "instance",
      `${line.instance} is not in this project. Import the instance first.`,
      "not_found",
    );
  }
  const labels = readLabel(line, instance.shape, "").map((label) => {
    const key = hashOf(`${line.instance} ${questionKey(label)}`);
    const count = answers.get(key) ?? before?.get(key) ?? 0;
    const sample = label.sample ?? count;
    answers.set(key, Math.max(count, sample + 1));
    return { ...label, sample };
  });
  planLabels(plan, instance, labels);
}

/** 52 bits: among a million questions two meet by chance once in 9,000 files, and then one becomes a second sample. */
function hashOf(text: string): number {
  return parseInt(sha256(text).slice(0, 13), 16);
}
