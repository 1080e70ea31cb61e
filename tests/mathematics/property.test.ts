/** @file Random expressions: rewritten they stay right, changed in value they become wrong, and nothing throws. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { verifyMathematics } from "../../trainer/mathematics/index.ts";

type Tree =
  | { kind: "number"; value: number }
  | { kind: "letter"; name: string }
  | { kind: "sum" | "product" | "quotient"; left: Tree; right: Tree }
  | { kind: "root"; inner: Tree }
  | { kind: "square"; inner: Tree };

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.integer({ min: 1, max: 30 }).map((value): Tree => ({ kind: "number", value })),
    fc.constantFrom("x", "y", "a").map((name): Tree => ({ kind: "letter", name })),
    fc.record({
      kind: fc.constantFrom("sum", "product", "quotient"),
      left: tie("tree"),
      right: tie("tree"),
    }) as fc.Arbitrary<Tree>,
    fc.record({ kind: fc.constantFrom("root", "square"), inner: tie("tree") }) as fc.Arbitrary<Tree>,
  ),
}));

/** As LaTeX, in one of several ways that follow from the choices. */
function written(node: Tree, choices: readonly boolean[], at = { choice: 0 }): string {
  const choose = () => choices[at.choice++ % Math.max(1, choices.length)] ?? false;
  const part = (inner: Tree) => written(inner, choices, at);
  switch (node.kind) {
    case "number":
      return choose() ? `${node.value}` : `{${node.value}.0}`;
    case "letter":
      return choose() ? node.name : `{${node.name}}`;
    case "sum": {
      const [left, right] = [part(node.left), part(node.right)];
      return choose() ? `(${left}+${right})` : `\\left(${right} + ${left}\\right)`;
    }
    case "product": {
      const [left, right] = [part(node.left), part(node.right)];
      return choose() ? `(${left}) \\cdot (${right})` : `(${right})(${left})`;
    }
    case "quotient": {
      const [left, right] = [part(node.left), part(node.right)];
      return choose() ? `\\frac{${left}}{${right}}` : `((${left})/(${right}))`;
    }
    case "root":
      return choose() ? `\\sqrt{${part(node.inner)}}` : `(${part(node.inner)})^{1/2}`;
    default:
      return choose() ? `(${part(node.inner)})^2` : `(${part(node.inner)})(${part(node.inner)})`;
  }
}

const FEW = { numRuns: 300, seed: 1 };
const choices = fc.array(fc.boolean(), { minLength: 5, maxLength: 40 });

describe("random expressions", () => {
  test("written in two ways are equal", () => {
    fc.assert(
      fc.property(tree, choices, choices, (node, one, other) => {
        const [gold, answer] = [written(node, one), written(node, other)];
        fc.pre(gold.length < 1500 && answer.length < 1500);
        expect(verifyMathematics(answer, gold).status, `${gold} | ${answer}`).toBe("equal");
      }),
      FEW,
    );
  });

  test("with something added are never equal", () => {
    fc.assert(
      fc.property(tree, choices, fc.integer({ min: 1, max: 9 }), (node, one, more) => {
        const gold = written(node, one);
        fc.pre(gold.length < 1500);
        expect(verifyMathematics(`${gold}+\\frac{${more}}{10}`, gold).score).toBe(0);
        expect(verifyMathematics(`${gold}-\\frac{${more}}{10}x`, gold).score).toBe(0);
      }),
      FEW,
    );
  });

  test("are in sets, tuples and intervals what they are alone", () => {
    fc.assert(
      fc.property(tree, tree, choices, choices, (a, b, one, other) => {
        const [gold, answer] = [
          [written(a, one), written(b, one)],
          [written(a, other), written(b, other)],
        ];
        fc.pre([...gold, ...answer].every((text) => text.length < 400));
        expect(verifyMathematics(`(${answer.join(",")})`, `(${gold.join(", ")})`).status).toBe("equal");
        expect(
          verifyMathematics(`\\{${answer.toReversed().join(",")}\\}`, `\\{${gold.join(",")}\\}`).status,
        ).toBe("equal");
        expect(verifyMathematics(`(${answer.join(",")})`, `(${gold.join(", ")}, 1)`).score).toBe(0);
        expect(verifyMathematics(`[${answer.join(",")})`, `[${gold.join(",")}]`).score).toBe(0);
      }),
      FEW,
    );
  });
});

describe("numbers", () => {
  const fraction = fc.tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: 1, max: 999 }));

  test("are equal exactly where they are", () => {
    fc.assert(
      fc.property(fraction, fraction, ([a, b], [c, d]) => {
        const isSame = a * d === c * b;
        expect(verifyMathematics(`${c}/${d}`, `\\frac{${a}}{${b}}`).score).toBe(isSame ? 1 : 0);
        expect(verifyMathematics(`\\frac{${a * 7}}{${b * 7}}`, `${a}/${b}`).score).toBe(1);
      }),
      FEW,
    );
  });

  test("of any size are told from their neighbours", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 10n ** 15n, max: 10n ** 60n }), (value) => {
        expect(verifyMathematics(`${value}`, value.toLocaleString("en-US")).score).toBe(1);
        expect(verifyMathematics(`${value + 1n}`, `${value}`).score).toBe(0);
        expect(verifyMathematics(`0.${value + 1n}`, `0.${value}`).score).toBe(0);
      }),
      FEW,
    );
  });
});

describe("any text", () => {
  const PIECES = [
    "\\frac",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "\\{",
    "\\}",
    "1",
    "x",
    "^",
    "_",
    "+",
    "-",
    ",",
    "=",
    "<",
    "\\sqrt",
    "\\boxed{",
    "$",
    "\\text{",
    "or",
    "|",
    "\\left(",
    "\\right]",
    "%",
    "\\pm",
    " ",
    "\\\\",
    "&",
    "\\sum",
    "!",
    ":",
    "/",
    "cm",
    "i",
    "\\infty",
    "\\cup",
    "the answer is ",
    "<answer>",
    "</think>",
    "'",
    "°",
    ".",
  ];
  const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(""));

  test("is judged without an error, and by itself is equal or cannot be read", () => {
    fc.assert(
      fc.property(
        fc.oneof(soup, fc.string({ maxLength: 60 }), fc.string({ unit: "binary", maxLength: 30 })),
        fc.constantFrom("1", "x+1", "B", "yes", "(1,2]"),
        (text, other) => {
          verifyMathematics(other, text);
          fc.pre(!/boxed|answer/.test(text));
          const { status, score } = verifyMathematics(text, other);
          expect(score).toBe(status === "equal" ? 1 : 0);
          expect(["equal", "gold_unparsed"]).toContain(
            verifyMathematics(text, text, { extract: false }).status,
          );
        },
      ),
      { numRuns: 3000, seed: 1 },
    );
  });
});
