import { setImmediate } from "node:timers/promises";
import type { ImportedRecord } from "./imported";
import { readImportLines, type ImportLine } from "./import-lines";
import { readLabelLine, readRecord, type ImportedLabelLine } from "./record";
import { RecordFault } from "./record-fault";
import type { ImportFault, ImportKind } from "./schema";

/** One line of the file, read. */
export type ImportEntry =
  | { line: number; kind: "record"; record: ImportedRecord }
  | { line: number; kind: "label"; label: ImportedLabelLine }
  | { line: number; kind: "fault"; fault: ImportFault };

/** Entries that go in together. `from` and `to` count the entries of the file before and up to and with them. */
export type ImportBatch = { entries: ImportEntry[]; from: number; to: number };

/** What one transaction takes: enough to make it worth its while, little enough to cancel and to hold locks shortly. */
const maxEntries = 500;
const maxCharacters = 2_000_000;
const maxLabels = 5_000;
/** Entries read in one go; then the batch before gets its turn with the database. */
const stride = 25;

/**
 * The entries of a file in batches. The first `skip` entries are not read at all, and a batch ends where `boundary`
 * entries are through, so that a run that goes on after an interruption meets its checkpoint.
 */
export async function* readBatches(
  source: AsyncIterable<Uint8Array>,
  { kind, skip, boundary }: { kind: ImportKind; skip: number; boundary: number },
): AsyncGenerator<ImportBatch> {
  let batch: ImportBatch = { entries: [], from: skip, to: skip };
  let characters = 0;
  let labels = 0;
  let seen = 0;
  for await (const lines of readImportLines(source)) {
    for (const line of lines) {
      seen += 1;
      if (seen <= skip) continue;
      if (seen % stride === 0) await setImmediate();
      const entry = readEntry(line, kind);
      batch.entries.push(entry);
      batch.to = seen;
      characters += "text" in line ? line.text.length : 0;
      labels += entry.kind === "record" ? entry.record.labels.length : 1;
      const isFull = batch.entries.length >= maxEntries || characters >= maxCharacters || labels >= maxLabels;
      if (!isFull && seen !== boundary) continue;
      yield batch;
      batch = { entries: [], from: seen, to: seen };
      characters = labels = 0;
    }
  }
  if (batch.entries.length > 0) yield batch;
}

/** The fault of a line as results list it: short, and of characters that a database and a terminal take. */
export function faultOf(
  line: number,
  { field, code, message }: Pick<ImportFault, "field" | "code" | "message">,
): ImportFault {
  return { line, field: printable(field, 200), code, message: printable(message, 500) };
}

function readEntry(line: ImportLine, kind: ImportKind): ImportEntry {
  if (!("text" in line)) return { line: line.line, kind: "fault", fault: faultOf(line.line, { field: "", ...line }) };
  try {
    if (kind === "labels") return { line: line.line, kind: "label", label: readLabelLine(line.text) };
    return { line: line.line, kind: "record", record: readRecord(line.text) };
  } catch (error) {
    if (!(error instanceof RecordFault)) throw error;
    return { line: line.line, kind: "fault", fault: faultOf(line.line, error) };
  }
}

function printable(text: string, length: number): string {
  const cut = text.length > length ? `${text.slice(0, length - 3)}...` : text;
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  return cut.replaceAll(/[\u0000-\u001f\u007f]+/g, " ").toWellFormed();
}
