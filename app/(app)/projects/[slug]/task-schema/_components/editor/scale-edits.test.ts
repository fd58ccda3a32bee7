import { expect, test } from "vitest";
import { defaultComparison } from "@/lib/projects/schema";
import { usualDegrees } from "../../../label/_components/questions/scale-words";
import { nameDegree, namePoint, rescale, resizePoints } from "./scale-edits";

test("names of the ends are kept as such, a name between them makes a list of all", () => {
  const ends = namePoint(namePoint({ kind: "points", points: 3 }, 0, "no"), 2, "yes");
  expect(ends).toEqual({ kind: "points", points: 3, low: "no", high: "yes" });
  const all = namePoint(ends, 1, "partly");
  expect(all).toEqual({ kind: "points", points: 3, names: ["no", "partly", "yes"] });
  expect(namePoint(all, 1, "")).toEqual(ends);
});

test("with more or fewer points the highest keeps its name", () => {
  const all = { kind: "points" as const, points: 3, names: ["no", "partly", "yes"] };
  expect(resizePoints(all, 5)).toEqual({ kind: "points", points: 5, names: ["no", "partly", "", "", "yes"] });
  expect(resizePoints(all, 2)).toEqual({ kind: "points", points: 2, low: "no", high: "yes" });
  expect(resizePoints({ kind: "points", points: 4 }, 10)).toEqual({ kind: "points", points: 10 });
});

test("degrees are written down only where they are not the usual ones, and go with a scale that has others", () => {
  const named = nameDegree(defaultComparison, 0, "clearly better", usualDegrees[5]);
  expect(named.degrees).toEqual(["clearly better", "better"]);
  expect(nameDegree(named, 0, "much better", usualDegrees[5])).toEqual(defaultComparison);
  expect(rescale({ ...named, tie: "Same" }, 3)).toEqual({ ...defaultComparison, scale: 3, tie: "Same" });
  expect(rescale({ ...named, tie: "Same" }, 2)).toEqual({ ...defaultComparison, scale: 2 });
});
