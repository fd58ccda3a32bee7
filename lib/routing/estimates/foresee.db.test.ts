import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { anInstance, aProject } from "@/lib/testing/builders";
import type { FitModel, FitReport } from "../fits/schema";
import { foreseeErrors } from "./foresee";

const gain: FitModel["gain"] = {
  columns: [{ kind: "tag", tag: "safety_concern: high" }],
  ...{ support: [1], pairs: 2, predictor: { kind: "linear", intercept: 0, weights: [0, 0] }, state: [0, 0] },
};
const report: FitReport = {
  data: {
    ...{ question: "comparison", aspect: "overall", pairs: 2, prompts: 2, drawn: 2, undecided: 0, withoutText: 0 },
    ...{ judgeAccuracy: { value: 0.5, interval: null }, humanAccuracy: null, encoder: "none", modelVersion: null },
    ...{ judges: [], tagged: 1 },
  },
  ...{ learned: null, reason: null, backtest: { seeds: 0, curves: [] }, risks: [] },
};

test("the newest fit foresees where people differ from the judge; without one all are alike", async () => {
  const project = await aProject();
  const [hard, easy] = [await anInstance(project), await anInstance(project)];
  await prisma.instanceTag.create({
    data: {
      ...{ projectId: project.id, instanceId: hard.id, source: "lm", dimension: "safety_concern", value: "high" },
      ...{ place: 0, annotator: "judge:tagger@1", method: "tagger-1" },
    },
  });
  const foreseen = () => foreseeErrors(project.id, [hard.id, easy.id]);
  expect([...(await foreseen()).values()]).toEqual([0, 0]);
  const fit = (version: number, model: FitModel) =>
    prisma.routingFit.create({
      data: {
        projectId: project.id,
        version,
        runId: easy.id.replace(/^./, String(version)),
        seed: 1,
        cause: "hand",
        report,
        model,
      },
    });
  await fit(1, { gain, errors: { intercept: 0, weights: [Math.log(3)] }, confidences: {} });
  const chances = await foreseen();
  expect(chances.get(hard.id)).toBeCloseTo(0.75, 12);
  expect(chances.get(easy.id)).toBeCloseTo(0.5, 12);
  await fit(2, { gain: null, errors: null, confidences: {} });
  expect([...(await foreseen()).values()]).toEqual([0, 0]);
});
