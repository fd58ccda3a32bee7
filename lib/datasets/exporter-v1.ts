import { canonicalJson } from "@/lib/text/canonical";
import type { Preference } from "./preferences";
import type { SnapshotInstance, SnapshotLabel } from "./snapshot-reader";

/*
 * Version 1 of the files we write. A snapshot is exported by the version it was made with, for ever: once released,
 * nothing here may change a byte of any file; write exporter-v2.ts instead.
 *
 * Every row has the same columns, each of one type and never null: readers such as `datasets` take the types from the
 * first rows and fail at the first later row that differs. Hence a missing text is "", a missing number -1, and whole
 * numbers in columns of fractions have a decimal point.
 */

type Column = readonly [name: string, json: string];

/** What every row of a file has in common. */
export type FileContext = { snapshotId: string; aspect: string };

/** A row of TRL's standard preference format: prompt, chosen and rejected are strings. */
export function standardRow(file: FileContext, instance: SnapshotInstance, preference: Preference): string {
  return line([
    ["prompt", text(instance.messages === null ? (instance.prompt ?? "") : flattenChat(instance.messages))],
    ["chosen", text(preference.chosen.text)],
    ["rejected", text(preference.rejected.text)],
    ...provenance(file, instance, preference),
  ]);
}

/** A row of TRL's conversational preference format: prompt, chosen and rejected are lists of messages. */
export function conversationalRow(file: FileContext, instance: SnapshotInstance, preference: Preference): string {
  const prompt = instance.messages ?? [{ role: "user", content: instance.prompt ?? "" }];
  return line([
    ["prompt", messages(prompt)],
    ["chosen", messages([{ role: "assistant", content: preference.chosen.text }])],
    ["rejected", messages([{ role: "assistant", content: preference.rejected.text }])],
    ...provenance(file, instance, preference),
  ]);
}

/** A row for one label with every column it has, and what only some have; texts of the instance are not repeated. */
export function labelRow(
  file: Pick<FileContext, "snapshotId">,
  instance: SnapshotInstance,
  label: SnapshotLabel,
): string {
  return line([
    ["instance_id", text(instance.outsideId)],
    ["snapshot_id", text(file.snapshotId)],
    ["label_id", text(label.id)],
    ["submission_id", text(label.submissionId)],
    ["question", text(label.question)],
    ["type", text(label.type)],
    ["aspect", text(label.aspect)],
    ["target", text(label.target)],
    ["source", text(label.source)],
    ["annotator", text(label.annotator)],
    ["sample", String(label.sample)],
    ["revision", String(label.revision)],
    // Payloads of different types have different fields, so the column holds them as JSON texts.
    ["payload", text(canonicalJson(label.payload))],
    ["rationale", text(label.rationale ?? "")],
    ["completion_ids", list(instance.completions.map(({ outsideId }) => outsideId))],
    ["shown_order", text(label.shownOrder.join("-"))],
    ["schema_version", String(label.schemaVersion ?? -1)],
    ["guidelines_version", String(label.guidelinesVersion ?? -1)],
    ["active_ms", String(label.activeMs ?? -1)],
    ["split", text(instance.split)],
    ["meta", text(metaOf(label))],
    ["created_at", text(label.createdAt.toISOString())],
  ]);
}

/** Labels of people have nothing imported: what is said of few of them stands here, so that no file has a new column. */
function metaOf({ meta, isUnsure, suggestion }: SnapshotLabel): string {
  if (!isUnsure && suggestion === null) return meta ?? "";
  return canonicalJson({ ...(isUnsure && { is_unsure: true }), ...(suggestion !== null && { suggestion }) });
}

function provenance(file: FileContext, instance: SnapshotInstance, preference: Preference): Column[] {
  const { question, pair, chosen, rejected, labels, confidence, strength } = preference;
  return [
    ["instance_id", text(instance.outsideId)],
    ["snapshot_id", text(file.snapshotId)],
    ["question", text(question)],
    ["aspect", text(file.aspect)],
    ["pair", `[${pair.join(",")}]`],
    ["chosen_id", text(chosen.outsideId)],
    ["rejected_id", text(rejected.outsideId)],
    ["chosen_model", text(chosen.model ?? "")],
    ["rejected_model", text(rejected.model ?? "")],
    ["source", text([...new Set(labels.map((label) => label.source))].sort().join("+"))],
    ["annotators", list([...new Set(labels.map((label) => label.annotator))])],
    ["label_ids", list(labels.map((label) => label.id))],
    ["label_count", String(labels.length)],
    ["confidence", fraction(confidence)],
    ["strength", fraction(strength)],
    ["split", text(instance.split)],
    ["context", text(instance.context ?? "")],
  ];
}

const turnNames: Record<string, string> = { user: "Human", assistant: "Assistant", system: "System" };

/**
 * A chat as one text, as Anthropic's HH data writes it: every turn begins with an empty line and its speaker, and the
 * text ends where the assistant is to speak. Completions follow as they are.
 */
function flattenChat(chat: { role: string; content: string }[]): string {
  const turns = chat.map(({ role, content }) => `\n\n${turnNames[role] ?? role}: ${content}`);
  return `${turns.join("")}\n\nAssistant:`;
}

function line(columns: Column[]): string {
  return `{${columns.map(([name, json]) => `"${name}":${json}`).join(",")}}\n`;
}

function text(value: string): string {
  return JSON.stringify(value);
}

function list(values: string[]): string {
  return JSON.stringify(values);
}

function messages(values: { role: string; content: string }[]): string {
  return JSON.stringify(values.map(({ role, content }) => ({ role, content })));
}

/** A number that no reader takes for a whole one. */
function fraction(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
