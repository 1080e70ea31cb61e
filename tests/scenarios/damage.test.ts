/**
 * @file Valid scenarios, damaged at random: always an error of ours that says where, never another exception.
 * `npm run soak:scenarios` runs more of them.
 */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseScenario, validateScenario } from "../../scenarios/index.ts";
import { listScenarios } from "../../scenarios/load.ts";
import { errorOf, refusalOf } from "./refusal.ts";

const numRuns = Number(process.env.DAMAGES ?? 2000);
const texts = listScenarios().map((scenario) => JSON.stringify(scenario, null, 2));
const documents: Json[] = texts.map((text) => JSON.parse(text));

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Path = readonly (string | number)[];

/** Every value of a document with the keys that lead to it. */
function nodesOf(value: Json, path: Path = []): { path: Path; value: Json }[] {
  const children: [string | number, Json][] =
    value === null || typeof value !== "object"
      ? []
      : Array.isArray(value)
        ? value.map((child, place) => [place, child])
        : Object.entries(value);
  return [{ path, value }, ...children.flatMap(([key, child]) => nodesOf(child, [...path, key]))];
}

function kindOf(value: Json): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function replaced(document: Json, path: Path, value: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(document)) {
    return document.map((child, place) => (place === key ? replaced(child, rest, value) : child));
  }
  if (document === null || typeof document !== "object") throw new Error(`no ${key} in ${String(document)}`);
  return { ...document, [key]: replaced(document[key] ?? null, rest, value) };
}

function pathText(path: Path): string {
  const text = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`)).join("");
  return text === "" ? "(root)" : text.replace(/^\./, "");
}

const NULLABLE = new Set(["kickOff", "secondHalf"]);

/** No scenario stays valid when one of these takes the place of a value of another kind. */
const strangers: Json[] = [null, true, 7.5, "x", [], {}];
const tooMuch = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e9, -1e9];

/** A document made wrong in one place, and the path that the error must name. */
function damage(document: Json, pick: number, stranger: number): { document: Json; path: Path } {
  // A level's changes are a patch, in which null takes a key away.
  const nodes = nodesOf(document).filter(({ path }) => !path.includes("changes"));
  const node = nodes[pick % nodes.length] ?? { path: [], value: document };
  const kind = kindOf(node.value);
  if (kind === "object" && stranger % 2 === 0) {
    const path = [...node.path, "surprise"];
    return { document: replaced(document, path, 1), path };
  }
  const wrong: Json[] =
    kind === "number" && stranger % 2 === 0
      ? // A weight may be any number that is one.
        tooMuch.filter((value) => !node.path.includes("rewards") || !Number.isFinite(value))
      : // The values that may also be null.
        strangers.filter(
          (value) => kindOf(value) !== kind && !(value === null && NULLABLE.has(`${node.path.at(-1)}`)),
        );
  return { document: replaced(document, node.path, wrong[stranger % wrong.length] ?? null), path: node.path };
}

test("a damaged value gives scenario/invalid with the path of the damage", () => {
  fc.assert(
    fc.property(fc.constantFrom(...documents), fc.nat(), fc.nat({ max: 1000 }), (valid, pick, stranger) => {
      const { document, path } = damage(valid, pick, stranger);
      const { code, message } = errorOf(() => validateScenario(document, "file"));
      expect(code).toBe("scenario/invalid");
      const paths = [pathText(path), pathText(path.slice(0, -1))];
      expect(
        paths.some((one) => message.includes(` ${one} `)),
        `${message}\nnames ${paths.join(" or ")}`,
      ).toBe(true);
    }),
    { numRuns },
  );
});

test("text with characters lost, changed or added is read or refused, and nothing else", () => {
  const edit = fc.record({
    at: fc.nat(),
    cut: fc.nat({ max: 40 }),
    put: fc.string({ maxLength: 12, unit: "binary" }),
  });
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.array(edit, { minLength: 1, maxLength: 3 }), (text, edits) => {
      let damaged = text;
      for (const { at, cut, put } of edits) {
        const start = at % damaged.length;
        damaged = damaged.slice(0, start) + put + damaged.slice(start + cut) || " ";
      }
      const refusal = refusalOf(() => parseScenario(damaged, "file"));
      if (refusal === undefined) return;
      expect(refusal.code).toMatch(/^scenario\/(not-json|invalid)$/);
      expect(refusal.message).toMatch(/^file/);
    }),
    { numRuns },
  );
});

test("every prefix of a file is refused as not JSON, with line and column", () => {
  const text = texts[0] ?? "";
  for (let length = 0; length < text.length; length += 7) {
    const { code, message } = errorOf(() => parseScenario(text.slice(0, length), "file"));
    expect(code).toBe("scenario/not-json");
    expect(message).toMatch(/at line \d+, column \d+\.$/);
  }
});
