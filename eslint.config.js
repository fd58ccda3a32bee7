import js from "@eslint/js";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import { importX } from "eslint-plugin-import-x";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

// Who may import whom. The first four arrows are those of the style guide, word for word.
const zones = [
  { target: ["./lib", "./workers"], from: "./app" },
  { target: ["./app", "./lib"], from: "./workers" },
  { target: ["./lib/stats/**", "./lib/graph/**"], from: "./lib/!(stats|graph)/**" },
  { target: "./app/**/_components/**", from: ["./lib/!(testing|text)/!(schema).ts", "./lib/*.ts"] },
  {
    target: "./app/**/_components/**",
    from: "./lib/db/**",
    message: "Types that a screen needs live in a schema.ts; Prisma must not get into the browser's bundle.",
  },
  {
    target: ["./lib/stats/**", "./lib/graph/**"],
    from: "./lib/!(errors).ts",
    message: "Calculations know no environment, clock or log: pass them in.",
  },
  {
    target: ["./lib/{auth,db,jobs,text}/**", "./lib/*.ts"],
    from: "./lib/!(auth|db|jobs|text|testing)/**",
    message: "The ground never imports upwards.",
  },
  {
    target: ["./{app,workers,bin}/**/!(*.test).{ts,tsx}", "./lib/!(testing)/**/!(*.test).{ts,tsx}", "./lib/*.ts"],
    from: "./lib/testing/**",
    message: "lib/testing is for tests, e2e and bench.",
  },
  { target: ["./app", "./lib", "./workers"], from: ["./bin", "./e2e", "./bench"] },
];

export default defineConfig(
  globalIgnores([".next/", ".data/", "lib/db/generated/", "next-env.d.ts", "test-results/", "playwright-report/"]),
  js.configs.recommended,
  tseslint.configs.recommended,
  { files: ["app/**"], ...reactHooks.configs.flat.recommended },
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones }],
      "import-x/no-cycle": ["error", { ignoreExternal: true }],
      "no-restricted-imports": [
        "error",
        { paths: [{ name: "onnxruntime-node", message: "Only lib/graph/session.ts opens sessions." }] },
      ],
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      eqeqeq: ["error", "always", { null: "ignore" }],
    },
  },
  { files: ["lib/graph/session.ts"], rules: { "no-restricted-imports": "off" } },
  {
    files: ["app/**", "lib/**", "workers/**"],
    ignores: ["lib/env.ts", "lib/log.ts", "lib/testing/**", "**/*.test.{ts,tsx}"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Read the environment through env() of lib/env.ts." },
      ],
    },
  },
);
