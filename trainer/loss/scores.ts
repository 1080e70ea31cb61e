/** @file What a model thinks of given tokens, without learning: for old and reference policies, and for values. */
import { type Graph, GraphBuilder } from "../../agent/graph/index.ts";
import { languageHead, type ModelConfig, type Parameters, sequenceRows } from "../../agent/model/index.ts";
import { checkTemperature } from "./rows.ts";
import { tokenValues } from "./tokens.ts";
import { valueHead } from "./value.ts";

/** Outputs of the graph, float32 [rows] each. */
export const SCORES = ["log_probabilities", "entropies", "values"] as const;
export type Score = (typeof SCORES)[number];

export interface ScoreOptions {
  /** Whether the sequences have any. */
  pictures: boolean;
  /** Of the sampling, by which logits are divided. */
  temperature?: number;
  /** `values` need the parameters of the value head; the head of words is not worked out for them alone. */
  scores?: readonly Score[];
  /** Tokens whose part of the head is used together (all). */
  headPieceSize?: number;
}

/**
 * Takes the feeds of a `Batch`; rows are its learned tokens. `parameters`: where they come from, such as
 * `storedWeights`, or inputs of the graph.
 * @throws TouchlineError `trainer/loss` for a temperature that is not above 0.
 */
export function scoreGraph(
  config: ModelConfig,
  parameters: (g: GraphBuilder) => Parameters,
  { pictures, temperature = 1, scores = ["log_probabilities", "entropies"], headPieceSize }: ScoreOptions,
): Graph {
  checkTemperature(temperature);
  const g = new GraphBuilder("scores");
  const own = parameters(g);
  const hidden = sequenceRows(g, config, own, { pictures });
  const labels = g.input("labels", "int64", ["rows"]);
  if (scores.includes("log_probabilities") || scores.includes("entropies")) {
    const tokens = tokenValues(
      g,
      languageHead(g, config.text, own, hidden, headPieceSize),
      labels,
      temperature,
    );
    if (scores.includes("log_probabilities")) g.output("log_probabilities", tokens.logProbability);
    if (scores.includes("entropies")) g.output("entropies", tokens.entropy());
  }
  if (scores.includes("values")) {
    g.output(
      "values",
      valueHead(g, hidden, (name) => own(name)),
    );
  }
  return g.build();
}
