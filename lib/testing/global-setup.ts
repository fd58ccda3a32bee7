import type { TestProject } from "vitest/node";
import { startTestServer } from "./server";

declare module "vitest" {
  interface ProvidedContext {
    testServerUrl: string;
  }
}

/** One PostgreSQL server for all database tests of a run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer();
  project.provide("testServerUrl", server.url);
  return server.stop;
}
