/** @file The door of trainer/ for other packages, `touchline/trainer`: rollouts, and rates with their uncertainty. */
export * from "./bench/index.ts";
export * from "./rollout/index.ts";
