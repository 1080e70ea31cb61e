/** @file The questions of a run's data, and what the model is told before them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { findRecipe, readSeries, type RlRecipe } from "../../recipes/index.ts";
import { readRows, rowsOf } from "./rows.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-rows-"));
afterAll(() => rmSync(folder, { recursive: true }));

const user = { role: "user", content: "1 + 1?" };
const own = { role: "system", content: "Be brief." };
const data = join(folder, "data.jsonl");
const lines = [
  { message: JSON.stringify([user]), answer: "$2$" },
  { message: JSON.stringify([own, user]), answer: "$2$" },
  { message: JSON.stringify([user]), answer: "" },
];
writeFileSync(data, lines.map((line) => JSON.stringify(line)).join("\n"));

const recipe = { ...readSeries(findRecipe("lmm-r1-3b"))!.stages[0], data: [data] } as RlRecipe;

test("LMM-R1's prompt goes before rows that bring no words of the system", async () => {
  const { rows, unparseable } = await readRows(recipe);
  expect(unparseable).toBe(1);
  expect(rows.map(({ chat }) => chat.messages)).toEqual([
    [{ role: "system", content: recipe.system }, user],
    [own, user],
  ]);
  expect(recipe.system).toMatch(/^You are a helpful assistant .* end with <\/answer>\.$/);
});

test("without it rows stay as they are", async () => {
  const { system: _, ...without } = recipe;
  const { rows } = await readRows(without);
  expect(rows.map(({ chat }) => chat.messages)).toEqual([[user], [own, user]]);
});

test("each pass asks every row once, in an order of its own", async () => {
  const { rows } = await readRows({ ...recipe, data: [data, data, data] });
  const asked = (pass: number) =>
    [0, 1, 2].flatMap((part) => rowsOf(rows, { ...recipe, rolloutBatchSize: 2 }, 3 * pass + part));
  const place = (row: (typeof rows)[number]) => rows.indexOf(row);
  const [first, second] = [asked(0).map(place), asked(1).map(place)];
  expect(first.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(second.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(second).not.toEqual(first);
});
