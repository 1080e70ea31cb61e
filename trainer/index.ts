/**
 * @file The door of trainer/ for other packages, `touchline/trainer`: training, questions and what answers are worth, what
 * models try and what is learned of it, rollouts, vector envs, rates with uncertainty.
 */
export * from "./advantage/index.ts";
export * from "./data/index.ts";
export * from "./experience/index.ts";
export * from "./lora/index.ts";
export * from "./mathematics/index.ts";
export * from "./question/index.ts";
export * from "./recipes/index.ts";
export * from "./reward/index.ts";
export * from "./rollout/index.ts";
export * from "./stage/index.ts";
export * from "./statistics/index.ts";
export * from "./vector/index.ts";
