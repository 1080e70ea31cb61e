import { expect, test } from "vitest";
import { commandLine } from "./page.ts";

test.each([
  [[], "npm run table:x"],
  [
    ["--models", "nano=agent/weights/nano,cold=runs/a_b"],
    "npm run table:x -- --models nano=agent/weights/nano,cold=runs/a_b",
  ],
  [["--models", "cold of seed 2=runs/cold"], "npm run table:x -- --models 'cold of seed 2=runs/cold'"],
  [["--only", "it's"], "npm run table:x -- --only 'it'\\''s'"],
])("the command below a table can be typed again: %j", (given, line) => {
  expect(commandLine("table:x", given)).toBe(line);
});
