import { AppError } from "@/lib/errors";
import * as exporterV1 from "./exporter-v1";

/** What new snapshots are exported by. Older ones keep the version they were made with. */
export const EXPORTER_VERSION = 1;

const exporters = { 1: exporterV1 };

export type Exporter = typeof exporterV1;

/** The exporter of a version; `gone` when this release does not have it. */
export function exporterOf(version: number): Exporter {
  const exporter = exporters[version as keyof typeof exporters];
  if (!exporter)
    throw new AppError(
      "gone",
      `Exporter version ${version} is not part of this release of Tandem. Use the release that made the snapshot, or a newer one.`,
    );
  return exporter;
}
