/** @file Models that learn. */
export { type Batch, batchLengths, makeBatch, type Sequence } from "./batch.ts";
export { type CheckpointOptions, resumeCheckpoint, saveCheckpoint, saveModel } from "./checkpoint.ts";
export { encodeExample, type ExampleOptions } from "./example.ts";
export { type GradientOptions, type ModelGradients, modelGradients } from "./gradients.ts";
export { Learner, type LearnerOptions, type StepResult, type TrainingBatch } from "./learner.ts";
export type { BuiltLoss, Loss, LossContext } from "./loss.ts";
export { MODULES, type Trained, trainedNames } from "./trained.ts";
export type { Lengths, MemoryPlan } from "./memory.ts";
