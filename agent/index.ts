/** @file The door of agent/ for other packages, `touchline/agent`: policies, matches, models, frames as image files. */
export * from "./frame/index.ts";
export * from "./match/index.ts";
export * from "./model/index.ts";
export * from "./policy/index.ts";
