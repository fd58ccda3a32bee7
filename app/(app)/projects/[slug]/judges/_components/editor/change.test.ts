import { expect, test } from "vitest";
import { lmConfig, operationalFields } from "@/lib/judges/schema";
import { changeOf } from "./change";

const config = lmConfig.parse({ baseUrl: "https://api.example.org/v1", model: "m", rubric: "Be fair." });
const change = (after: object) => changeOf(config, { ...config, ...after }, operationalFields);

test("prices and limits change in place, everything else makes a version", () => {
  expect(change({})).toEqual({ kind: "none" });
  expect(change({ inputPriceMicros: 5, timeoutSeconds: "soon" })).toEqual({
    kind: "in-place",
    fields: ["inputPriceMicros", "timeoutSeconds"],
  });
  expect(change({ rubric: "Be kind.", concurrency: 9 })).toEqual({ kind: "version", fields: ["rubric"] });
  expect(change({ questions: ["ok"] })).toEqual({ kind: "version", fields: ["questions"] });
});
