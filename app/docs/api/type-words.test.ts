import { expect, test } from "vitest";
import { z } from "zod";
import { typeWords } from "./type-words";

test("schemas are written as short types", () => {
  const schema = z.toJSONSchema(
    z.object({
      id: z.uuid(),
      kind: z.enum(["a", "b"]),
      count: z.int().nullable(),
      tags: z.array(z.union([z.string(), z.literal(0)])).optional(),
      pair: z.tuple([z.int(), z.int()]),
      bySource: z.record(z.string(), z.int()),
      meta: z.unknown(),
    }),
  );
  expect(typeWords(schema)).toBe(
    '{ id: uuid, kind: "a" | "b", count: integer | null, tags?: (string | 0)[], pair: [integer, integer], bySource: { [name: string]: integer }, meta: unknown }',
  );
});

test("objects in objects are indented on lines of their own", () => {
  const schema = z.toJSONSchema(z.object({ items: z.array(z.object({ id: z.string() })) }));
  expect(typeWords(schema, { multiline: true })).toBe("{\n  items: {\n    id: string\n  }[]\n}");
});
