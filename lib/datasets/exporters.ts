import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import * as exporterV1 from "./exporter-v1";
import * as exporterV2 from "./exporter-v2";

/** What a new snapshot is exported by, as it has images or none. Older ones keep the version they were made with. */
export function exporterVersionFor({ hasImages }: { hasImages: boolean }): number {
  return hasImages ? 2 : 1;
}

const exporters = { 1: exporterV1, 2: exporterV2 };

export type Exporter = typeof exporterV1;

/** The exporter of a version; `gone` when this release does not have it. */
export function exporterOf(version: number): Exporter {
  const exporter = exporters[version as keyof typeof exporters];
  if (!exporter)
    throw new AppError(
      "gone",
      say`Exporter version ${version} is not part of this release of Tandem. Use the release that made the snapshot, or a newer one.`,
    );
  return exporter;
}
