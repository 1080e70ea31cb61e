/** @file Rules of products of matrices. */
import type { GraphBuilder, Node, Value } from "../../../agent/graph/index.ts";
import { gemm, matmul, transpose } from "../../../agent/graph/ops/index.ts";
import { unbroadcast } from "../broadcast.ts";
import type { Rule, RuleContext } from "../rule.ts";
import { widenedAgain } from "../widen.ts";

export const MatMul: Rule = (context, d) => {
  const { g, node } = context;
  const [a, b] = node.inputs as [Value, Value];
  return [
    () => unbroadcast(g, matmul(g, d, turned(context, b)), a.shape),
    () => unbroadcast(g, matmul(g, turned(context, a), d), b.shape),
  ];
};

/** Each gradient is one product that reads the matrices as they lie; weights are always the second. */
export const Gemm: Rule = ({ g, node }, d) => {
  const [a, b, bias] = node.inputs as [Value, Value, Value?];
  const [transA, transB] = [isSet(node, "transA"), isSet(node, "transB")];
  const second = (): Value => widenedAgain(g, b, d) ?? b;
  return [
    () =>
      transA
        ? gemm(g, second(), d, { transA: transB, transB: true })
        : gemm(g, d, second(), { transB: !transB }),
    () => (transB ? gemm(g, d, a, { transA: true, transB: transA }) : gemm(g, a, d, { transA: !transA })),
    ...(bias ? [() => unbroadcast(g, d, bias.shape)] : []),
  ];
};

/** The last two axes exchanged; of what was exchanged before, what it was. */
function turned({ g, producer }: RuleContext, x: Value): Value {
  const order = x.shape.map((_, axis) => axis);
  const rank = order.length;
  [order[rank - 2], order[rank - 1]] = [rank - 1, rank - 2];
  const node = producer(x);
  const perm = node?.op === "Transpose" ? node.attributes["perm"] : undefined;
  if (perm?.kind === "ints" && perm.value.join() === order.join()) return node!.inputs[0]!;
  return transposed(g, x, order);
}

function transposed(g: GraphBuilder, x: Value, order: readonly number[]): Value {
  return g.once(`transposed ${x.name} ${order.join()}`, () => transpose(g, x, order));
}

function isSet(node: Node, name: string): boolean {
  const attribute = node.attributes[name];
  return attribute?.kind === "int" && attribute.value === 1;
}
