/** @file One who tries things out: a sampler with whatever it plays and is asked, in the thread that it is made in. */
import { makeRandom } from "../../env/random.ts";
import type { Scenario } from "../../env/football/index.ts";
import type { ChatInput } from "../../agent/model/index.ts";
import type { PlayStyle } from "../../agent/protocol/index.ts";
import {
  askedChat,
  drawQuestions,
  judge,
  judgeText,
  MomentSource,
  type QuestionMix,
  type SokobanSettings,
  type Shown,
  viewOf,
} from "../question/index.ts";
import { type ProfileName, type VerifierName, VERIFIERS } from "../reward/index.ts";
import { ask, type Asked } from "./ask.ts";
import type { AnswerExperience } from "./experience.ts";
import type { EpisodePlan } from "./episode.ts";
import { type EpisodeOutcome, Player, type PlayOptions } from "./play.ts";
import { Sampler, type SamplerOptions } from "./sampler.ts";

/** What an actor needs to know once; plain data. */
export interface ActorPlan {
  sampler: SamplerOptions;
  play?: PlayOptions;
  questions?: {
    mix: QuestionMix;
    shown: Shown;
    scenarios: readonly Scenario[];
    branches: number;
    sokoban?: Partial<SokobanSettings>;
    style: PlayStyle;
  };
  profile: ProfileName;
}

/** The weights to act by. */
export interface Policy {
  directory: string;
  step: number;
}

export type Job =
  | { kind: "play"; plans: readonly EpisodePlan[] }
  /** Draws so many questions from the seed. */
  | { kind: "ask"; seed: number; count: number; samples: number }
  | {
      kind: "rows";
      rows: readonly { chat: ChatInput; golds: readonly string[]; verifier?: VerifierName }[];
      samples: number;
      chance: number;
    };

export interface Acted {
  episodes: EpisodeOutcome[];
  groups: AnswerExperience[][];
  /** That it took, and of these in onnxruntime. */
  seconds: number;
  runSeconds: number;
}

export class Actor {
  readonly #plan: ActorPlan;
  readonly #sampler: Sampler;
  readonly #player: Player | undefined;
  #source: MomentSource | undefined;
  #policy: Policy | undefined;

  constructor(plan: ActorPlan) {
    this.#plan = plan;
    this.#sampler = new Sampler(plan.sampler);
    this.#player = plan.play && new Player(this.#sampler, plan.play);
  }

  async act(policy: Policy, job: Job): Promise<Acted> {
    const began = performance.now();
    if (this.#policy?.directory !== policy.directory || this.#policy.step !== policy.step) {
      await this.#sampler.load(policy.directory, policy.step);
      this.#policy = policy;
    }
    const before = await this.#sampler.seconds();
    const done = await this.#do(job);
    const seconds = (performance.now() - began) / 1000;
    return { ...done, seconds, runSeconds: (await this.#sampler.seconds()) - before };
  }

  async close(): Promise<void> {
    this.#player?.close();
    this.#source?.close();
    await this.#sampler.close();
  }

  async #do(job: Job): Promise<Pick<Acted, "episodes" | "groups">> {
    switch (job.kind) {
      case "play":
        return { episodes: await this.#player!.play(job.plans), groups: [] };
      case "ask": {
        const asked = await this.#questions(job.seed, job.count);
        const random = makeRandom(job.seed, 31);
        return { episodes: [], groups: await ask(this.#sampler, asked, job.samples, random) };
      }
      default: {
        const { profile } = this.#plan;
        const asked = job.rows.map(({ chat, golds, verifier = "mathematics" }): Asked => ({
          kind: "data",
          chat,
          gold: golds[0]!,
          judge: (response) =>
            judgeText(response, golds, chat.messages, { profile, verify: VERIFIERS[verifier] }),
        }));
        const random = makeRandom(job.chance, 31);
        return { episodes: [], groups: await ask(this.#sampler, asked, job.samples, random) };
      }
    }
  }

  async #questions(seed: number, count: number): Promise<Asked[]> {
    const { questions, profile } = this.#plan;
    const { mix, shown, scenarios, branches, sokoban, style } = questions!;
    if (scenarios.length > 0) {
      const decisionSteps = style.decisionSteps === "adaptive" ? 1 : style.decisionSteps;
      this.#source ??= await MomentSource.make(scenarios, {
        frame: style.frame,
        decisionSteps,
        ...("act" in mix && { branches }),
      });
    }
    return drawQuestions(this.#source, mix, seed, count, { ...(sokoban && { sokoban }) }).map(
      (question): Asked => ({
        kind: question.kind,
        chat: askedChat(question, shown),
        told: shown === "frame" ? viewOf(question)?.words : undefined,
        // To find the best answer takes far longer than to judge the given ones.
        gold: question.worth ? "" : question.gold,
        judge: (response) => judge(question, response, { shown, profile }),
      }),
    );
  }
}
