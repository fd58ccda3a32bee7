import * as exporterV1 from "./exporter-v1";
import type { FileContext } from "./exporter-v1";
import type { Preference } from "./preferences";
import type { SnapshotInstance } from "./snapshot-reader";

/*
 * Version 2 of the files we write, for snapshots in which an instance has images: version 1 with three more columns at
 * the end of every row of preferences. Once released, nothing here may change a byte of any file.
 */

export const labelRow = exporterV1.labelRow;

export function standardRow(file: FileContext, instance: SnapshotInstance, preference: Preference): string {
  return withImages(exporterV1.standardRow(file, instance, preference), instance, preference);
}

export function conversationalRow(file: FileContext, instance: SnapshotInstance, preference: Preference): string {
  return withImages(exporterV1.conversationalRow(file, instance, preference), instance, preference);
}

/** Lists of URLs, and of image:<id> for images that were uploaded; `images` are those of the prompt, as in TRL. */
function withImages(row: string, { images }: SnapshotInstance, { chosen, rejected }: Preference): string {
  const columns = [
    ["images", images],
    ["chosen_images", chosen.images],
    ["rejected_images", rejected.images],
  ].map(([name, list]) => `"${name as string}":${JSON.stringify(list)}`);
  return `${row.slice(0, -"}\n".length)},${columns.join(",")}}\n`;
}
