/** @file Rules of operators that move elements: going back, they move gradients home. */
import { TouchlineError } from "../../../env/error.ts";
import { type Dimension, plus, type Shape, times, type Value } from "../../../agent/graph/index.ts";
import {
  cast,
  expand,
  gather,
  lessOrEqual,
  maximum,
  reshape,
  scatterAdd,
  slice,
  transpose,
  where,
} from "../../../agent/graph/ops/index.ts";
import { unbroadcast } from "../broadcast.ts";
import { bound } from "../padded.ts";
import type { Contribution, Rule, RuleContext } from "../rule.ts";

const first = ({ node }: RuleContext): Value => node.inputs[0]!;

export const Reshape: Rule = (context, d) => [() => reshape(context.g, d, first(context).shape), null];

export const Transpose: Rule = ({ g, node }, d) => {
  const order = ints(node.attributes["perm"]);
  return [
    () =>
      transpose(
        g,
        d,
        order.map((_, axis) => order.indexOf(axis)),
      ),
  ];
};

export const Expand: Rule = (context, d) => [() => unbroadcast(context.g, d, first(context).shape), null];

export const Concat: Rule = ({ g, node }, d) => {
  const axis = int(node.attributes["axis"]);
  let end: Dimension = 0;
  return node.inputs.map((part): Contribution => {
    const start = end;
    end = plus(start, part!.shape[axis]!);
    const to = end;
    return () => slice(g, d, axis, bound(g, start), bound(g, to), part!.shape[axis]);
  });
};

/** Bounds that are numbers; from the end only where the length is one. */
export const Slice: Rule = ({ node, constant }, d) => {
  const [x, ...bounds] = node.inputs as Value[];
  const [from, to, axis] = bounds.map((value) => constant(value)?.[0]);
  const size = x!.shape[axis ?? 0]!;
  const [start, end] = [from, to].map((bound) => {
    if (bound === undefined || typeof size === "string") return bound;
    return Math.max(0, Math.min(size, bound < 0 ? size + bound : bound));
  });
  if (start === undefined || end === undefined || axis === undefined || start < 0 || end < 0) {
    throw new TouchlineError(
      "trainer/rule",
      `The Slice "${node.name}" has bounds that are not numbers from the front; its gradient has no rule: slice by such numbers.`,
    );
  }
  return [{ kind: "part", axis, start, end: Math.max(start, end), size, build: () => d }, null, null, null];
};

/**
 * Rows of a table. Where the way back is known, they are fetched; else each is added to its row of the table, by an
 * operator that works in order: ScatterND races where rows come twice (onnxruntime issue 23396).
 */
export const Gather: Rule = ({ g, node }, d) => {
  const [table, indices] = node.inputs as [Value, Value];
  const inverse = g.inverses.get(node.outputs[0]!.name);
  const width = table.shape.slice(1).reduce(times, 1);
  const count = indices.shape.reduce(times, 1);
  const rows = (): Value => reshape(g, d, [count, width]);
  if (inverse !== undefined) {
    const none = g.constant("int64", [0]);
    const column: Shape = [table.shape[0]!, 1];
    return [
      () => {
        const found = gather(g, rows(), maximum(g, inverse, none));
        const seen = lessOrEqual(g, none, reshape(g, inverse, column));
        const all = where(g, seen, cast(g, found, "float32"), g.scalar(0));
        return cast(g, reshape(g, all, table.shape), table.type);
      },
      null,
    ];
  }
  const into = (sum: Value): Value => {
    const places = expand(g, reshape(g, indices, [count, 1]), [count, width]);
    const flat = reshape(g, sum, [table.shape[0]!, width]);
    return reshape(g, scatterAdd(g, flat, 0, places, cast(g, rows(), sum.type)), table.shape);
  };
  return [{ kind: "sparse", into }, null];
};

export const GatherElements: Rule = ({ g, node }, d) => {
  const axis = int(node.attributes["axis"]);
  const into = (sum: Value): Value => scatterAdd(g, sum, axis, node.inputs[1]!, cast(g, d, sum.type));
  return [{ kind: "sparse", into }, null];
};

function int(attribute: RuleContext["node"]["attributes"][string] | undefined): number {
  return attribute?.kind === "int" ? attribute.value : 0;
}

function ints(attribute: RuleContext["node"]["attributes"][string] | undefined): readonly number[] {
  return attribute?.kind === "ints" ? attribute.value : [];
}
