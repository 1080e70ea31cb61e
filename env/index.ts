/** @file The door of env/ for other packages, `touchline/env`: the game, its frames, its spaces, its episodes. */
export * from "./check/index.ts";
export { contains, whyNotIn } from "./contains.ts";
export type { Env, Reset, ResetOptions, Step } from "./env.ts";
export * from "./episode/index.ts";
export { TouchlineError } from "./error.ts";
export * from "./football/index.ts";
export * from "./frame/index.ts";
export { makeRandom, type Random } from "./random.ts";
export { sample } from "./space.ts";
export type * from "./space.ts";
