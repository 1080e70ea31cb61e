/** @file A rollout: everything that is tried with the weights as they are, in jobs for the actors. */
import { integer, nextUint32, type Random } from "../../../env/random.ts";
import {
  type Acted,
  type Actors,
  type AnswerExperience,
  type EpisodeExperience,
  type EpisodeOutcome,
  type EpisodePlan,
  type Job,
  type Policy,
} from "../../experience/index.ts";
import { openChat, type QuestionRow } from "../../data/index.ts";
import type { RlRecipe } from "../../recipes/index.ts";
import { firstPlans, fromTurn, otherPlans } from "./plans.ts";

export interface Rollout {
  /** Episodes of a group began alike. */
  episodes: EpisodeExperience[][];
  /** Answers of a group are to one question. */
  answers: AnswerExperience[][];
  acted: Acted[];
  /** Episodes that crashed, and why the first did. */
  crashed: Crashed[];
  seconds: number;
}

type Crashed = Exclude<EpisodeOutcome, EpisodeExperience>;

/** Questions that an actor gets at a time: what comes of a rollout must not depend on how many actors there are. */
const QUESTIONS_OF_JOB = 16;
/** Episodes of a job for each that it plays at the same time, so that most of the time it plays as many. */
const EPISODES_PER_SEAT = 2;

/** @param rows those of the data that are asked. */
export async function rollOut(
  actors: Actors,
  policy: Policy,
  recipe: RlRecipe,
  rows: readonly QuestionRow[],
  random: Random,
): Promise<Rollout> {
  const began = performance.now();
  const acted: Acted[] = [];
  const act = async (jobs: readonly Job[]): Promise<Acted[]> => {
    const done = await actors.act(policy, jobs);
    acted.push(...done);
    return done;
  };
  const { episodes: played } = recipe;
  const play = async (plans: readonly EpisodePlan[]): Promise<EpisodeOutcome[]> => {
    const size = played!.concurrency * EPISODES_PER_SEAT;
    const done = await act(parts(plans, size).map((some) => ({ kind: "play", plans: some })));
    return done.flatMap(({ episodes }) => episodes);
  };
  const groups = played ? await playGroups(played, play, random) : [];
  const jobs = await questionJobs(recipe, rows, random);
  const answers = (await act(jobs)).flatMap((one) => one.groups);
  const crashed = groups.flat().filter((one): one is Crashed => "message" in one);
  return {
    episodes: groups.map((group) => group.filter((one): one is EpisodeExperience => !("message" in one))),
    answers,
    acted,
    crashed,
    seconds: (performance.now() - began) / 1000,
  };
}

type Played = NonNullable<RlRecipe["episodes"]>;

async function playGroups(
  played: Played,
  play: (plans: readonly EpisodePlan[]) => Promise<EpisodeOutcome[]>,
  random: Random,
): Promise<EpisodeOutcome[][]> {
  const firsts = firstPlans(played, random);
  const { samples, starts } = played;
  if (samples === 1) return (await play(firsts)).map((one) => [one]);
  if (starts === "seed") {
    const plans = firsts.flatMap((plan) =>
      Array.from({ length: samples }, () => ({ ...plan, chance: nextUint32(random) })),
    );
    return parts(await play(plans), samples);
  }
  const leaders = await play(firsts);
  const forks = leaders.map((leader) => {
    if ("message" in leader) return { leader, plans: [] };
    const turns = integer(random, Math.max(1, leader.turns.length));
    return { leader: fromTurn(leader, turns), plans: otherPlans(leader, turns, samples - 1, random) };
  });
  const others = await play(forks.flatMap(({ plans }) => plans));
  let at = 0;
  return forks.map(({ leader, plans }) => [leader].concat(others.slice(at, (at += plans.length))));
}

async function questionJobs(
  { questions, samplesPerPrompt }: RlRecipe,
  rows: readonly QuestionRow[],
  random: Random,
): Promise<Job[]> {
  const jobs: Job[] = [];
  for (let left = questions?.prompts ?? 0; left > 0; left -= QUESTIONS_OF_JOB) {
    const count = Math.min(left, QUESTIONS_OF_JOB);
    jobs.push({ kind: "ask", seed: nextUint32(random), count, samples: questions!.samples });
  }
  for (const some of parts(rows, QUESTIONS_OF_JOB)) {
    const opened = await Promise.all(
      some.map(async (row) => ({
        chat: await openChat(row),
        golds: [row.gold, ...row.also],
        verifier: row.verifier,
      })),
    );
    jobs.push({ kind: "rows", rows: opened, samples: samplesPerPrompt, chance: nextUint32(random) });
  }
  return jobs;
}

function parts<T>(values: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) =>
    values.slice(i * size, (i + 1) * size),
  );
}
