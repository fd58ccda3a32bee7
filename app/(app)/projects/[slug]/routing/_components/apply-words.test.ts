import { expect, test } from "vitest";
import type { PolicyPreview } from "@/lib/routing/schema";
import { translatorOf } from "@/lib/testing/translator";
import { wordApplied, wordButton } from "./apply-words";

const t = translatorOf("routing.apply");

function button(change: Partial<PolicyPreview>): string {
  return wordButton({ moves: [], reweighed: 0, isEstimate: false, ...change } as PolicyPreview, t);
}

test("the button says how many instances go where, and how many consensuses are made anew", () => {
  const toAi = { from: "human", to: "lm", instances: 1312 } as const;
  const toBoth = { from: "human", to: "dual", instances: 40 } as const;
  const toPeople = { from: "lm", to: "human", instances: 1 } as const;
  expect(button({ moves: [toAi, toBoth] })).toBe("Apply: move 1,312 instances to AI and 40 to both");
  expect(button({ moves: [toAi, toBoth, toPeople], reweighed: 1 })).toBe(
    "Apply: move 1 instance to people, 1,312 to AI and 40 to both, recompute 1 consensus",
  );
  expect(button({ moves: [toAi], isEstimate: true })).toBe("Apply: move about 1,312 instances to AI");
  expect(button({ reweighed: 2 })).toBe("Apply: recompute 2 consensuses");
  expect(button({})).toBe("Apply: only new instances are concerned");
});

test("what came of applying is told of at once", () => {
  const result = { routes: { human: 0, lm: 0, dual: 0 }, changed: 1, reweighed: 0 };
  expect(wordApplied({ version: 2, result, runId: null }, t)).toBe("Policy 2 applies. 1 instance goes elsewhere.");
});
