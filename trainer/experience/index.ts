/** @file What is learned from by trying: answers and episodes, sampled by the model that learns. */
export type * from "./experience.ts";
export type { EpisodePlan } from "./episode.ts";
export { truthOf } from "./football.ts";
export { type EpisodeOutcome, Player, type PlayOptions } from "./play.ts";
export { Sampler, type SamplerOptions } from "./sampler.ts";
export { ask, type Asked } from "./ask.ts";
export type { Acted, ActorPlan, Job, Policy } from "./actor.ts";
export { Actors } from "./actors.ts";
