/** @file The football game: `makeEnv` and the data around it. */
export {
  type Action,
  ACTION_SETS,
  actionIndex,
  type ActionName,
  ACTIONS,
  type ActionSet,
  type ContinuousAction,
  checkAction,
  FULL_ACTIONS,
  IDLE_ACTIONS,
  type Possibility,
  SIMPLE_ACTIONS,
} from "./action/index.ts";
export { holds, resultOf } from "./ending.ts";
export { makeEnv } from "./env.ts";
export type { EventKind, FootballEvent } from "./event.ts";
export {
  type Fog,
  OBSERVATION_KINDS,
  type Observation,
  type ObservationByKind,
  type ObservationKind,
  type RawObservation,
} from "./observation/index.ts";
export { giftsOf } from "./player/gift.ts";
export { migrateScenario } from "./migrate.ts";
export { PHYSICS_BUILD } from "./physics/world.ts";
export type { RewardTerms } from "./reward/index.ts";
export * from "./scenario.ts";
export { attackSign, type Pitch, pitchOf, PLAYER_RADIUS, toMetres, toScenario } from "./pitch.ts";
export { keepsConstraints } from "./state/start.ts";
export { clockOf, seenBy } from "./state/scene.ts";
export type { FootballSnapshot } from "./state/snapshot.ts";
export type { FootballEnv, FootballInfo, FootballOptions } from "./types.ts";
