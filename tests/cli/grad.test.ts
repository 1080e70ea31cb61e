/** @file `touchline model grad` as a user runs it: what it prints, and how it refuses what is wrong. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { touchline } from "./run.ts";

const FIXTURE = fileURLToPath(new URL("../reference/fixtures/tied/", import.meta.url));
const MODEL = join(FIXTURE, "model");
const folder = mkdtempSync(join(tmpdir(), "touchline-grad-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Reference {
  input: { messages: object[]; images: string[] };
  labels: number[][];
  loss: number;
  parameters: Record<string, { shape: number[]; norm: number; first: number[] }>;
}

interface Printed {
  loss: number;
  learned: number[][];
  parameters: Record<string, { shape: number[]; norm: number; first: number[]; values?: number[] }>;
}

const references = JSON.parse(readFileSync(join(FIXTURE, "grads.json"), "utf8")) as Reference[];
const inputs = references.map(({ input }) => ({
  ...input,
  images: input.images.map((path) => join(FIXTURE, path)),
}));

function inputOf(name: string, content: unknown): string {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

async function printed(...args: string[]): Promise<Printed> {
  const { status, stdout, stderr } = await touchline(["model", "grad", MODEL, "--json", ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout) as Printed;
}

describe("what it prints", () => {
  test.each([0, 1])("the reference's loss, norms and first values for input %i", async (i) => {
    const { labels, loss, parameters } = references[i]!;
    const found = await printed("--input", inputOf(`one-${i}`, inputs[i]));
    expect(found.loss).toBeCloseTo(loss, 5);
    expect(found.learned).toEqual(labels.map((row) => row.filter((id) => id >= 0)));
    expect(Object.keys(found.parameters)).toEqual(Object.keys(parameters));
    for (const [name, { shape, norm, first }] of Object.entries(parameters)) {
      const own = found.parameters[name]!;
      expect(own.shape).toEqual(shape);
      expect(Math.abs(own.norm - norm), name).toBeLessThanOrEqual(1e-3 * norm);
      expect(own.first).toHaveLength(first.length);
      own.first.forEach((value, place) => {
        expect(Math.abs(value - first[place]!), name).toBeLessThanOrEqual(1e-3 * norm);
      });
    }
  });

  test("a list is one batch, whose loss is the mean over all its tokens; --all tells every value", async () => {
    const found = await printed("--input", inputOf("both", inputs), "--all", "--recompute");
    const counts = found.learned.map(({ length }) => length);
    const [one, other] = references.map(({ loss }, i) => loss * counts[i]!);
    expect(found.loss).toBeCloseTo((one! + other!) / (counts[0]! + counts[1]!), 5);
    for (const { shape, norm, first, values = [] } of Object.values(found.parameters)) {
      expect(values).toHaveLength(shape.reduce((product, length) => product * length, 1));
      expect(values.slice(0, 8)).toEqual(first);
      expect(Math.hypot(...values)).toBeCloseTo(norm, 4);
    }
  });

  test("a table for people", async () => {
    const args = ["model", "grad", MODEL, "--input", inputOf("table", inputs[0])];
    const { status, stdout } = await touchline(args);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^loss 7\.0219\d+ over 8 tokens of 1 inputs\n\nnorm +shape +parameter +first 3\n/);
    expect(stdout).toMatch(/\n\S+ +\[480, 64\] +model\.embed_tokens\.weight +\S+ \S+ \S+\n/);
  });
});

test("a chat without an answer is refused", async () => {
  const chat = { messages: [{ role: "user", content: "Who?" }] };
  const args = ["model", "grad", MODEL, "--input", inputOf("question", chat)];
  const { status, stdout, stderr } = await touchline(args);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toBe(
    "touchline: trainer/example: A chat of the roles user has no message of the assistant after its last message of the user; expected an answer to learn.\n",
  );
});
