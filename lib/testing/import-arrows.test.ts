import { ESLint } from "eslint";
import { beforeAll, expect, test } from "vitest";
import tseslint from "typescript-eslint";

// Zones are globs, and a glob that matches nothing reports nothing; so each arrow is tried once.
let eslint: ESLint;

beforeAll(() => {
  eslint = new ESLint({
    // The files below do not exist, so there are no types to ask about.
    overrideConfig: [
      tseslint.configs.disableTypeChecked as never,
      { languageOptions: { parserOptions: { projectService: false } } },
    ],
    ruleFilter: ({ ruleId }) => ["import-x/no-restricted-paths", "no-restricted-imports"].includes(ruleId),
  });
});

async function complaints(filePath: string, imported: string): Promise<number> {
  const [result] = await eslint.lintText(`import * as it from "${imported}";\nexport default it;\n`, { filePath });
  expect(result!.messages.filter((message) => message.fatal || message.ruleId === null)).toEqual([]);
  return result!.errorCount;
}

test.each([
  ["lib/projects/new.ts", "@/app/api/endpoint"],
  ["workers/new.ts", "@/app/api/endpoint"],
  ["lib/projects/new.ts", "@/bin/migration"],
  ["lib/stats/new.ts", "@/lib/db/client"],
  ["lib/stats/new.ts", "@/lib/projects/schema"],
  ["lib/stats/new.ts", "@/lib/env"],
  ["lib/graph/deep/new.ts", "@/lib/db/client"],
  ["app/_components/new.tsx", "@/lib/db/client"],
  ["app/_components/new.tsx", "@/lib/db/generated/enums"],
  ["app/_components/new.tsx", "@/lib/env"],
  ["app/(work)/label/_components/new.tsx", "@/lib/auth/access"],
  ["lib/auth/new.ts", "@/lib/projects/schema"],
  ["lib/new.ts", "@/lib/projects/schema"],
  ["lib/db/new.ts", "@/lib/labels/schema"],
  ["app/api/new.ts", "@/lib/testing/builders"],
  ["lib/projects/new.ts", "@/lib/testing/builders"],
  ["workers/new.ts", "@/lib/testing/builders"],
  ["bin/new.ts", "@/lib/testing/builders"],
  ["lib/projects/new.ts", "onnxruntime-node"],
])("%s may not import %s", async (filePath, imported) => {
  expect(await complaints(filePath, imported)).toBeGreaterThan(0);
});

test.each([
  ["app/api/new.ts", "@/lib/projects/schema"],
  ["app/_components/new.tsx", "@/lib/projects/schema"],
  ["app/_components/new.tsx", "@/lib/text/storable"],
  ["lib/stats/new.ts", "@/lib/errors"],
  ["lib/projects/new.ts", "@/lib/db/client"],
  ["lib/db/new.db.test.ts", "@/lib/testing/builders"],
  ["lib/projects/new.test.ts", "@/lib/testing/builders"],
  ["e2e/new.spec.ts", "@/lib/testing/builders"],
  ["bench/new.ts", "@/lib/testing/builders"],
  ["bin/new.ts", "@/lib/db/embedded"],
  ["workers/new.ts", "@/lib/projects/schema"],
  ["lib/graph/session.ts", "onnxruntime-node"],
])("%s may import %s", async (filePath, imported) => {
  expect(await complaints(filePath, imported)).toBe(0);
});
