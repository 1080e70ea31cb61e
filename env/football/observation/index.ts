/** @file What a controlled player observes. */
export {
  checkObservation,
  type Fog,
  OBSERVATION_KINDS,
  type ObservationByKind,
  type ObservationKind,
  type ObservationOptions,
} from "./options.ts";
export { History, makeObserver, type Observation, type Observer } from "./observer.ts";
export { observeRaw, playersAtBall, type RawObservation } from "./raw.ts";
export { sightOf } from "./sight.ts";
export { simple115 } from "./simple115.ts";
export { smm } from "./smm.ts";
