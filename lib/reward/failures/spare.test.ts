import { expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { failuresOnCard } from "./card";
import { sparing } from "./spare";

test("a part that fails as expected is done without, and said", async () => {
  const { spare, failures } = sparing("run");
  expect(await spare("dense", async () => "made")).toBe("made");
  const refused = () => Promise.reject(new AppError("invalid", "It refuses a text."));
  expect(await spare("tastes", refused)).toBeNull();
  expect(await spare("noise", () => Promise.reject(new AppError("unavailable", "It is away.")))).toBeNull();
  expect(failures).toEqual([
    { part: "tastes", reason: "It refuses a text." },
    { part: "noise", reason: "It is away." },
  ]);
  expect(failuresOnCard(failures).join("\n")).toContain(
    "- The groups of annotators could not be made. It refuses a text.\n- The search for labels",
  );
  expect(failuresOnCard([])).toEqual([]);
});

test("a bug and a database that is gone end the training", async () => {
  const { spare, failures } = sparing("run");
  const gone = Object.assign(new Error("Can't reach database server"), { code: "P1001" });
  for (const error of [new TypeError("undefined is no function"), new AppError("internal", "a bug"), gone]) {
    await expect(spare("evaluation", () => Promise.reject(error))).rejects.toBe(error);
  }
  expect(failures).toEqual([]);
});
