import { v7 as uuidv7 } from "uuid";
import type { NewInstance } from "@/lib/instances/insert";
import { isLabelable } from "@/lib/instances/labelable";
import type { NewLabel } from "@/lib/labels/append";
import type { TaskSchema } from "@/lib/projects/schema";
import type { ImportedLabel, ImportedRecord } from "./imported";
import { isSameAnswer, labelKey, type KnownInstance, type KnownInstances } from "./known-instances";
import { requireUploads } from "./import-images";
import { RecordFault } from "./record-fault";
import type { ImageFiles, ImportedImage } from "./record-images";

/** What a batch of records changes. Filled record by record, so that a repeated record meets the ones before it. */
export type ImportPlan = {
  /** What the project asks people: it decides which instances they get, and whose labels count as theirs. */
  taskSchema: TaskSchema;
  creates: Map<string, NewInstance<ImportedImage>>;
  replaces: Map<string, NewInstance<ImportedImage>>;
  /** Ids of the uploaded images that records may name, and bytes that records hold themselves. */
  uploads: ReadonlySet<string>;
  imageFiles: ImageFiles;
  labels: NewLabel[];
  /** Ids of stored labels that are no longer current. */
  supersededIds: string[];
  /** Ids of instances that were there before and get labels. */
  labelledIds: Set<string>;
  counts: ImportCounts;
};

export type ImportCounts = {
  instances: { created: number; replaced: number; unchanged: number };
  labels: { created: number; revised: number; unchanged: number };
};

export function emptyPlan(taskSchema: TaskSchema, uploads: ReadonlySet<string> = new Set()): ImportPlan {
  return {
    ...{ taskSchema, uploads, imageFiles: new Map() },
    creates: new Map(),
    replaces: new Map(),
    labels: [],
    supersededIds: [],
    labelledIds: new Set(),
    counts: { instances: { created: 0, replaced: 0, unchanged: 0 }, labels: { created: 0, revised: 0, unchanged: 0 } },
  };
}

/**
 * Adds an import record to the plan and to what is known. Content that changed replaces the old only while nobody has
 * labelled the instance or been given it; else throws RecordFault with code conflict.
 */
export function planRecord(plan: ImportPlan, known: KnownInstances, record: ImportedRecord): void {
  const before = known.get(record.outsideId);
  requireUploads(record, plan.uploads);
  if (!before) {
    const instance = { id: uuidv7(), contentHash: record.contentHash, hasAssignment: false, labels: new Map() };
    known.set(record.outsideId, instance);
    plan.creates.set(instance.id, toNewInstance(plan, instance.id, record));
    plan.counts.instances.created += 1;
    planLabels(plan, instance, record.labels);
    return;
  }
  if (before.contentHash === record.contentHash) {
    plan.counts.instances.unchanged += 1;
  } else {
    if (before.labels.size > 0 || before.hasAssignment) {
      throw new RecordFault(
        "id",
        before.labels.size > 0
          ? `${record.outsideId} is already here with other content and has labels, so its content cannot change. Give the record another id.`
          : `${record.outsideId} is already here with other content and has been given to an annotator, so its content cannot change. Give the record another id.`,
        "conflict",
      );
    }
    before.contentHash = record.contentHash;
    const place = plan.creates.has(before.id) ? plan.creates : plan.replaces;
    place.set(before.id, toNewInstance(plan, before.id, record));
    plan.counts.instances.replaced += 1;
  }
  planLabels(plan, before, record.labels);
}

/** Adds labels of one instance: those that say what is already there change nothing, others become the next revision. */
export function planLabels(plan: ImportPlan, instance: KnownInstance, labels: ImportedLabel[]): void {
  const submissions = new Map<string, string>();
  for (const label of labels) {
    const key = labelKey(label);
    const before = instance.labels.get(key);
    if (before && isSameAnswer(before.answer, label)) {
      plan.counts.labels.unchanged += 1;
      continue;
    }
    if (before) supersede(plan, before.id);
    plan.counts.labels[before ? "revised" : "created"] += 1;
    const id = uuidv7();
    // What one source says of an instance in one record is one submission, known by its first label.
    const submissionId = submissions.get(label.annotator) ?? id;
    submissions.set(label.annotator, submissionId);
    const revision = (before?.revision ?? 0) + 1;
    plan.labels.push({ ...label, id, instanceId: instance.id, submissionId, revision, isCurrent: true });
    instance.labels.set(key, { id, revision, answer: label });
    addPerson(plan, instance.id, label);
  }
}

/** A new instance is stored with its slots counted; for one that is there they are counted afterwards. */
function addPerson(plan: ImportPlan, instanceId: string, label: ImportedLabel): void {
  const instance = plan.creates.get(instanceId) ?? plan.replaces.get(instanceId);
  if (!instance) {
    plan.labelledIds.add(instanceId);
  } else if (label.source === "human" && plan.taskSchema.questions.some(({ type }) => type === label.type)) {
    instance.annotators.add(label.annotator);
  }
}

function supersede(plan: ImportPlan, labelId: string): void {
  const pending = plan.labels.findLast((label) => label.id === labelId);
  if (pending) pending.isCurrent = false;
  else plan.supersededIds.push(labelId);
}

function toNewInstance(
  { taskSchema, imageFiles }: ImportPlan,
  id: string,
  record: ImportedRecord,
): NewInstance<ImportedImage> {
  for (const [hash, file] of record.imageFiles) imageFiles.set(hash, file);
  return { ...record, id, isLabelable: isLabelable(taskSchema, record.completions), annotators: new Set() };
}
