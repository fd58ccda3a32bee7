import { configDefaults, defineConfig } from "vitest/config";

const folders = "{app,lib,messages,workers,bin,bench}";

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: `${import.meta.dirname}/` },
      // Throws outside of Next.js's server bundles; its empty twin is what those bundles get.
      { find: "server-only", replacement: `${import.meta.dirname}/node_modules/server-only/empty.js` },
    ],
  },
  test: {
    // One more than processors: many tests wait for a process, a timer or the database.
    maxWorkers: 3,
    // For a machine that has other things to do: what takes seconds alone took twenty there. Only what hangs waits so long.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    env: { LOG_LEVEL: "silent", TANDEM_MODELS_DIR: `${import.meta.dirname}/lib/encoders/testing-models` },
    setupFiles: ["lib/testing/console.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [`${folders}/**/*.test.{ts,tsx}`],
          exclude: [...configDefaults.exclude, "**/*.db.test.ts"],
          // Files share their modules, whose loading took longer than their tests: none may replace one by a mock.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: [`${folders}/**/*.db.test.ts`],
          globalSetup: "lib/testing/global-setup.ts",
          setupFiles: ["lib/testing/database.ts"],
        },
      },
    ],
  },
});
