/** @file Every rule against central differences of the same operator in float64. */
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../env/random.ts";
import { type Differentiable, RULES } from "../../trainer/autodiff/index.ts";
import { CASES, DRAWS } from "./cases/index.ts";
import { expectGradients } from "./differences.ts";

const OPS = Object.keys(RULES) as Differentiable[];

describe("the rule of", () => {
  it.each(OPS)("%s gives the gradients that small steps show", async (op) => {
    for (let draw = 0; draw < DRAWS; draw++) {
      const random = makeRandom(draw, OPS.indexOf(op));
      await expectGradients(random, CASES[op](random, draw), (g) =>
        expect(g.nodes.some((node) => node.op === op)).toBe(true),
      );
    }
  });
});
