/** @file What a viewer may ask, checked. Everything else that he sends is counted and dropped. */
import { z } from "zod";
import { FIGURES_MAX, FILE_NAME_MAX, PRESSES, RUN_ID_MAX } from "../protocol/index.ts";
import type {
  BranchRequest,
  DraftRequest,
  EpisodeRequest,
  HandsMessage,
  PointRequest,
  PuzzlesRequest,
  RangeRequest,
  RunsRequest,
  SaveRequest,
  ScenariosRequest,
  TakeRequest,
  WatchRequest,
} from "../protocol/index.ts";

const count = z.int().min(0).max(0xffffff);
const match = z.string().max(64);

const watch = z.strictObject({
  match: match.nullable(),
  others: z.union([z.boolean(), z.literal("wall")]),
  have: z.strictObject({ episode: count, scenes: count, events: count, minds: count.optional() }).optional(),
});

const range = z.strictObject({
  match,
  episode: count,
  from: count,
  to: count,
  events: count,
  minds: count.optional(),
});

const drawn = z.int().min(1).max(0xffffffff);

const take = z.strictObject({
  match,
  player: z
    .int()
    .min(0)
    .max(FIGURES_MAX - 1)
    .nullable(),
});

const branch = take.extend({ episode: count, tick: count });

const hands = z.strictObject({
  direction: z.int().min(0).max(8),
  sprint: z.boolean(),
  dribble: z.boolean(),
  press: z.enum(PRESSES).optional(),
});

const run = z.string().max(RUN_ID_MAX);

const runs = z.strictObject({ look: z.boolean(), run: run.nullable() });

const point = z.strictObject({ run, step: z.int().min(0) });

const episode = point.extend({
  file: z.string().max(FILE_NAME_MAX),
});

const scenarios = z.strictObject({ look: z.boolean() });

const puzzles = z.strictObject({ look: z.boolean() });

const save = z.strictObject({ scenario: z.unknown(), stamp: z.string().max(64).nullable() });

const policy = z.string().max(1000);

const draft = z.strictObject({
  scenario: z.unknown(),
  policy,
  opponent: policy.nullable(),
  vary: z.boolean(),
  seed: z.int().min(0).max(0xffffffff),
});

/** Each returns undefined for what is not one. */
export const asWatch = (data: unknown): WatchRequest | undefined => watch.safeParse(data).data;
export const asRange = (data: unknown): RangeRequest | undefined => range.safeParse(data).data;
export const asDrawn = (data: unknown): number | undefined => drawn.safeParse(data).data;
export const asTake = (data: unknown): TakeRequest | undefined => take.safeParse(data).data;
export const asBranch = (data: unknown): BranchRequest | undefined => branch.safeParse(data).data;
export const asHands = (data: unknown): HandsMessage | undefined => hands.safeParse(data).data;
export const asRuns = (data: unknown): RunsRequest | undefined => runs.safeParse(data).data;
export const asPoint = (data: unknown): PointRequest | undefined => point.safeParse(data).data;
export const asEpisode = (data: unknown): EpisodeRequest | undefined => episode.safeParse(data).data;
export const asScenarios = (data: unknown): ScenariosRequest | undefined => scenarios.safeParse(data).data;
export const asPuzzles = (data: unknown): PuzzlesRequest | undefined => puzzles.safeParse(data).data;
export const asSave = (data: unknown): SaveRequest | undefined => save.safeParse(data).data;
export const asDraft = (data: unknown): DraftRequest | undefined => draft.safeParse(data).data;
