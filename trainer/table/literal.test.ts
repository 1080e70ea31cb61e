/** @file Python literals: what they say, and what is none. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { pythonLiteral } from "../../tests/suite/files.ts";
import { readLiteral } from "./index.ts";

test.each<[string, unknown]>([
  ["['a', \"b\"]", ["a", "b"]],
  ["[]", []],
  ['[\'it\\\'s\', "say \\"x\\""]', ["it's", 'say "x"']],
  ["['\\n\\t\\\\', '\\x41\\u00e9\\U0001F600\\101', '\\d']", ["\n\t\\", "Aé😀A", "\\d"]],
  ["r'\\frac{1}{2}'", "\\frac{1}{2}"],
  ["'''a\n'b' '''", "a\n'b' "],
  ["('a', 'b',)", ["a", "b"]],
  ["(1)", 1],
  ["(1,)", [1]],
  ["()", []],
  [
    "{'x': None, 'y': True, 'z': {'deep': [1, -2.5, 3e2, .5, 1_000]}}",
    { x: null, y: true, z: { deep: [1, -2.5, 300, 0.5, 1000] } },
  ],
  ["{1, 2}", [1, 2]],
  ["{}", {}],
  ["['a' 'b']", ["ab"]],
  ["[12345678901234567890, 9007199254740991]", ["12345678901234567890", 9007199254740991]],
  [" [ 'a' ,\n 'b' ] ", ["a", "b"]],
  ["nan", null],
  ["False", false],
])("%s", (text, value) => {
  expect(readLiteral(text)).toEqual(value);
});

test.each([
  ["", "ends too early|is not"],
  ["['a'", "ends too early"],
  ["['a' 1]", "lacks a comma"],
  ["['a", "without its end"],
  ["['a'] x", "goes on after its end"],
  ["__import__('os')", "is not a Python literal"],
  ["open", "is not a Python literal"],
  ["{'a': 1, 'b'}", "without a value"],
  ["[".repeat(10_000), "deep"],
  ["'\\UFFFFFFFF'", "none"],
  ["1e", "is not a Python literal"],
])("%s is none", (text, why) => {
  expect(() => readLiteral(text)).toThrow(expect.objectContaining({ code: "suite/literal" }));
  expect(() => readLiteral(text)).toThrow(new RegExp(why));
});

test("what Python writes is read as it was", () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: "binary" }).filter((text) => !/\r|\p{Cs}/u.test(text)),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("any")),
      fc.dictionary(fc.stringMatching(/^\w+$/), tie("any"), { noNullPrototype: true }),
    ),
  })).any;
  fc.assert(
    fc.property(value, (given) => {
      expect(readLiteral(pythonLiteral(given))).toEqual(given);
    }),
  );
});

test("a megabyte of quotes takes no longer than a megabyte of text", () => {
  const text = `['${"\\'".repeat(500_000)}', '${"x".repeat(500_000)}']`;
  const start = performance.now();
  expect((readLiteral(text) as string[])[0]).toHaveLength(500_000);
  expect(performance.now() - start).toBeLessThan(5000);
});
