/** @file Many envs at once over worker threads, with Gymnasium's VectorEnv as the model. */
export type { Batched, Numbers } from "./batch.ts";
export {
  AUTORESET_MODES,
  type AutoresetMode,
  type VectorEnv,
  type VectorInfo,
  type VectorMethod,
  type VectorOptions,
  type VectorReset,
  type VectorResetOptions,
  type VectorStep,
} from "./types.ts";
export { makeVectorEnv } from "./vector.ts";
