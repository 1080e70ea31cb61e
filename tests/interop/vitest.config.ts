/** @file How the tests against foreign programs run; `run.ts` starts them with everything installed. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: import.meta.dirname,
    // Not *.test.ts: the main package's tests must not find them.
    include: ["*.interop.ts"],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    maxWorkers: 1,
    reporters: "verbose",
  },
});
