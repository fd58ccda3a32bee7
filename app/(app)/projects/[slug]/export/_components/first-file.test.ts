import { expect, test } from "vitest";
import type { PreferenceCounts, SnapshotManifest } from "@/lib/datasets/schema";
import { exampleFile, firstFile } from "./first-file";

const none = { tiesLeftOut: 0, bothBadLeftOut: 0, drawsLeftOut: 0, withoutTextLeftOut: 0 };
const counts = (aspect: string, written: number): PreferenceCounts => ({ rows: "consensus", aspect, written, ...none });

function manifestWith(...trl: PreferenceCounts[]): SnapshotManifest {
  return {
    ...{ hash: "0", exporterVersion: 1, taskSchemaVersions: [1], instances: 1 },
    filter: { sources: ["human"], split: "all" },
    labels: { total: 1, bySource: {}, byType: {} },
    formats: { trl, "trl-conversational": trl, labels: { written: 1 } },
  };
}

const onHarm = { format: "trl-conversational", rows: "consensus", aspect: "harmless" } as const;

test("the file that a project is exported by comes first, where it has rows", () => {
  expect(firstFile(manifestWith(counts("harmless", 2)), onHarm)).toEqual(onHarm);
  expect(firstFile(manifestWith(counts("harmless", 0)), onHarm)).toBeNull();
  expect(firstFile(manifestWith(), onHarm)).toBeNull();
  expect(firstFile(manifestWith(), { format: "labels" })).toEqual({ format: "labels" });
  expect(firstFile(manifestWith(counts("overall", 1)), null)).toBeNull();
});

test("examples are about that file, else about what there is", () => {
  expect(exampleFile(manifestWith(counts("harmless", 2)), onHarm)).toEqual(onHarm);
  expect(exampleFile(manifestWith(counts("overall", 1)), onHarm)).toMatchObject({ format: "trl", aspect: "overall" });
  expect(exampleFile(manifestWith(), null)).toEqual({ format: "labels" });
});
