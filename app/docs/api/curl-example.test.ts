import { expect, test } from "vitest";
import { buildApiDocument } from "@/app/api/openapi";
import { routes } from "@/app/api/v1/_operations";
import { curlExample } from "./curl-example";

const { paths } = buildApiDocument(routes);
const example = (method: "get" | "post", path: string) =>
  curlExample({
    method: method === "get" ? "GET" : "POST",
    path,
    operation: paths[path]![method]!,
    base: "https://t.example/api/v1",
  });

test("a download names its file and its required parameters", () => {
  expect(example("get", "/projects/{slug}/snapshots/{id}/export")).toBe(
    'curl "https://t.example/api/v1/projects/my-project/snapshots/ID/export?format=trl" \\\n  -H "Authorization: Bearer $TANDEM_API_KEY" \\\n  -o FILE',
  );
});

test("a body has the required fields", () => {
  expect(example("post", "/projects/{slug}/snapshots")).toContain(
    `-d '{"name":"NAME","filter":{"sources":["human"]}}'`,
  );
});

test("every operation has an example", () => {
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(item)) {
      const text = curlExample({
        method: method.toUpperCase() as "GET",
        path,
        operation,
        base: "https://t.example/api/v1",
      });
      expect(text, `${method} ${path}`).not.toMatch(/undefined|\[object|\{\w+\}/);
    }
  }
});
