import { readdir } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { buildApiDocument, httpMethods, type OperationDocument } from "@/app/api/openapi";
import { maxScoreBodyBytes } from "@/lib/reward/serving/schema";
import { routes } from "./_operations";

const folder = import.meta.dirname;

async function routeFiles(): Promise<{ file: string; address: string }[]> {
  const files = await readdir(folder, { recursive: true });
  return files
    .filter((file) => path.basename(file) === "route.ts")
    .map((file) => ({ file, address: `/${path.dirname(file).replaceAll(/\[(\w+)\]/g, "{$1}")}` }));
}

test("every route file is in the list, under its own address, and nothing else is", async () => {
  const files = await routeFiles();
  expect(Object.keys(routes).sort()).toEqual(files.map(({ address }) => address).sort());
  for (const { file, address } of files) {
    const module = (await import(path.join(folder, file))) as Record<string, unknown>;
    expect(routes[address], address).toBe(module);
    const methods = Object.keys(module).filter((name) => /^[A-Z]+$/.test(name));
    expect(methods.length, `${address} has no handler`).toBeGreaterThan(0);
    for (const method of methods) {
      expect(httpMethods, `${method} ${address}`).toContain(method);
      expect(module[method], `${method} ${address} is made by endpoint()`).toHaveProperty("operation");
    }
  }
});

test("the document describes every method of every route", () => {
  const document = buildApiDocument(routes);
  for (const [address, module] of Object.entries(routes)) {
    for (const method of httpMethods.filter((method) => module[method])) {
      const operation = document.paths[address]?.[method.toLowerCase() as "get"];
      expect(operation, `${method} ${address}`).toBeDefined();
      const named = operation!.parameters.filter((one) => one.in === "path").map(({ name }) => `{${name}}`);
      expect(named, address).toEqual(address.match(/\{\w+\}/g) ?? []);
    }
  }
  const ids = Object.values(document.paths).flatMap((item) =>
    Object.values(item).map((operation: OperationDocument) => operation.operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test("the document survives JSON and points only at what it has", () => {
  const text = JSON.stringify(buildApiDocument(routes));
  const document = JSON.parse(text) as { components: Record<string, Record<string, unknown>> };
  const references = [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)];
  expect(references.length).toBeGreaterThan(0);
  for (const [, kind = "", name = ""] of references) expect(document.components[kind]).toHaveProperty(name);
  expect(text.match(/"\$ref":"#\/(?!components)/g)).toBeNull();
});

test("what scores texts, and nothing else, takes larger bodies than others", () => {
  const larger = Object.entries(routes).filter(
    ([, module]) => module.POST?.operation.maxBodyBytes === maxScoreBodyBytes,
  );
  const scoring = Object.entries(routes).filter(([, module]) => module.POST?.operation.storesNothing);
  expect(larger.length).toBe(5);
  expect(larger).toEqual(scoring);
});
