/** @file What is learned from by trying: answers and episodes, sampled by the model that learns. */
export type * from "./experience.ts";
export { type EpisodeOutcome, type EpisodePlan, Player, type PlayOptions, truthOf } from "./play.ts";
export { Sampler, type SamplerOptions } from "./sampler.ts";
export { ask, type Asked } from "./ask.ts";
export type { Acted, ActorPlan, Job, Policy } from "./actor.ts";
export { Actors } from "./actors.ts";
