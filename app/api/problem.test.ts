import { expect, test } from "vitest";
import { z } from "zod";
import { AppError, type Fault } from "@/lib/errors";
import { inLocale } from "@/lib/say";
import type { Locale } from "@/lib/text/locales";
import { parseInput, problem } from "./problem";

const schema = z.strictObject({ name: z.string().min(1, "must not be empty"), count: z.int() });

async function documentIn(locale: Locale): Promise<{ title: string; code: string; detail: string; faults: Fault[] }> {
  return await inLocale(locale, async () => {
    try {
      parseInput(schema, { name: "", count: "2" });
    } catch (error) {
      return await problem(error, "request-1").json();
    }
    throw new Error("The input was accepted.");
  });
}

test("faults are told in the language of the request, those of the schema and those that zod words itself", async () => {
  const document = await documentIn("zh-Hans");
  expect(document.faults).toEqual([
    { path: "name", message: "不能为空" },
    { path: "count", message: "无效输入：期望 数字，实际接收 string" },
  ]);
  expect(document.detail).toMatch(/^输入不符合要求：name：不能为空；count：.*。$/);
});

test("what a program reads of a problem is the same in every language", async () => {
  for (const locale of ["en", "ar"] as const) {
    expect(await documentIn(locale)).toMatchObject({ title: "invalid", code: "invalid" });
  }
});

test("English documents are as they are without a language", async () => {
  const { detail } = await documentIn("en");
  expect(detail).toMatch(/^The input does not fit: name: must not be empty; count: Invalid input: expected number/);
});

test("an error that was made with words keeps them", async () => {
  expect(await problem(new AppError("gone", "It is gone."), "request-1").json()).toMatchObject({
    detail: "It is gone.",
  });
});
