/**
 * @file What a rule is: given a node and the gradients of its outputs, how to build the gradients of its inputs.
 * Rules only say how; what nobody asks for is never built.
 */
import type { Dimension, GraphBuilder, Node, Value } from "../../agent/graph/index.ts";

/** What a rule may look at. */
export interface RuleContext {
  g: GraphBuilder;
  node: Node;
  /** The integers of a constant; undefined for what is known only when the graph runs. */
  constant: (value: Value | undefined) => readonly number[] | undefined;
  /** The node that made a value; undefined for inputs and constants. */
  producer: (value: Value) => Node | undefined;
}

/** Builds the gradient of one input, of its shape. */
export type Dense = () => Value;

/**
 * A gradient that is zero but for a few places. `into` adds it to what is there already, so that a table of words that
 * was read in few places costs no second table. That may be float32 where the value has 16 bits.
 */
export interface Sparse {
  kind: "sparse";
  into: (sum: Value) => Value;
}

/** The gradient of a part of an axis. Parts that follow one another are joined instead of added up. */
export interface Part {
  kind: "part";
  axis: number;
  start: number;
  end: number;
  /** Of the whole axis. */
  size: Dimension;
  build: () => Value;
}

export type Contribution = Dense | Sparse | Part;

/** One for each input; null for those that have none, such as indices. `d`: gradient of the node's first output. */
export type Rule = (context: RuleContext, d: Value) => readonly (Contribution | null)[];
