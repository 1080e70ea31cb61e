/** @file The door of trainer/ for other packages, `touchline/trainer`: training, rollouts, vector envs, rates with uncertainty. */
export * from "./bench/index.ts";
export * from "./recipes/index.ts";
export * from "./rollout/index.ts";
export * from "./stage/index.ts";
export * from "./vector/index.ts";
