import { expect, test } from "vitest";
import { canonicalJson } from "@/lib/text/canonical";
import en from "@/messages/en";
import zhHans from "@/messages/zh-Hans";
import { exportDefaults } from "../export-defaults/schema";
import { labelableCompletions, taskSchema, type Question } from "../schema";
import { templateIds } from "./ids";
import { draw } from "./pictures";
import { templates } from "./templates";

/** All that a question asks for, each with its definition. */
function definitionsOf(question: Question): string[] {
  const own = "definition" in question ? [question.definition] : [];
  if ("aspects" in question) return [...own, ...question.aspects.map(({ definition }) => definition)];
  if (question.type !== "spans") return own;
  return [...own, ...question.categories.map(({ definition }) => definition)];
}

test.each(templateIds)("the template %s is whole", (id) => {
  const template = templates[id];
  expect(taskSchema.parse(template.taskSchema)).toEqual(template.taskSchema);
  for (const definition of template.taskSchema.questions.flatMap(definitionsOf))
    expect(definition.length, definition).toBeGreaterThan(40);
  expect(template.guidelines.length).toBeGreaterThan(900);
  expect(template.guidelines.match(/^## /gm)!.length, "sections").toBeGreaterThanOrEqual(2);
  expect(template.guidelines).toMatch(/^## Examples?$/m);
  expect(template.overlap).toBeGreaterThanOrEqual(1);
  expect(template.lmWeight).toBeGreaterThanOrEqual(0);
  expect(template.lmWeight).toBeLessThanOrEqual(1);
  expect(en.templates.list[id].name).not.toBe("");
  expect(zhHans.templates.list[id].purpose).not.toBe("");
});

test.each(templateIds)("the template %s is exported by what it asks", (id) => {
  const { exportDefaults: file, taskSchema: schema } = templates[id];
  expect(exportDefaults.parse(file)).toEqual(file);
  const compared = schema.questions.flatMap((one) => (one.type === "comparison" ? one.aspects : []));
  if (file.format !== "labels") expect(compared.map((aspect) => aspect.id)).toContain(file.aspect);
});

test.each(templateIds)("people can be asked about the samples of the template %s", (id) => {
  const { samples, taskSchema: schema } = templates[id];
  expect(samples.length).toBeGreaterThanOrEqual(3);
  expect(samples.length).toBeLessThanOrEqual(5);
  const { least, most } = labelableCompletions(schema);
  for (const { completions, reference } of samples) {
    expect(completions.length).toBeGreaterThanOrEqual(least);
    expect(completions.length).toBeLessThanOrEqual(most ?? Infinity);
    if (schema.shows?.reference) expect(reference).not.toBe(undefined);
  }
});

test("no two templates are the same, and no two samples have one id or one text", () => {
  const all = templateIds.map((id) => templates[id]);
  for (const part of ["taskSchema", "guidelines"] as const)
    expect(new Set(all.map((template) => canonicalJson(template[part]))).size).toBe(all.length);
  const samples = all.flatMap((template) => template.samples);
  expect(new Set(samples.map(({ id }) => id)).size).toBe(samples.length);
  expect(new Set(samples.map(({ completions }) => canonicalJson(completions))).size).toBe(samples.length);
  const definitions = all.flatMap(({ taskSchema: { questions } }) => questions.flatMap(definitionsOf));
  expect(new Set(definitions).size).toBe(definitions.length);
});

test("a picture has the size and the colours that were drawn, and the same bytes each time", () => {
  const shapes = [{ kind: "disc", x: 2, y: 2, radius: 1, colour: "red" }] as const;
  const picture = draw(4, 3, "white", shapes);
  expect(draw(4, 3, "white", shapes)).toBe(picture);
  const bytes = Buffer.from(picture.slice(picture.indexOf(",") + 1), "base64");
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([4, 3]);
});
