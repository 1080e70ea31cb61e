/** @file The JSON Schema that lies beside the scenarios is the one that the zod schema makes. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { scenarioJsonSchemaText, validateScenario } from "../../scenarios/index.ts";
import { loadScenario } from "../../scenarios/load.ts";

test("scenario.schema.json says what `touchline scenario schema` prints", () => {
  const kept = readFileSync(new URL("../../scenarios/scenario.schema.json", import.meta.url), "utf8");
  // When this fails: npx touchline scenario schema > scenarios/scenario.schema.json
  expect(JSON.parse(kept)).toEqual(JSON.parse(scenarioJsonSchemaText()));
});

test("a file may name its schema, and the scenario does not carry it on", () => {
  const scenario = loadScenario("academy_corner");
  expect(validateScenario({ $schema: "./scenario.schema.json", ...scenario })).toEqual(scenario);
  expect(() => validateScenario({ $schema: 1, ...scenario })).toThrow(/\$schema/);
});
