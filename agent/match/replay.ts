/**
 * @file A recorded episode played again, step by step, for those who watch. Every state is held against the
 * recorded one, so nobody is shown another match than the one that was played.
 */
import type { DecisionRecord, Episode, EpisodeHeader, FootballStep } from "../../env/episode/index.ts";
import { checkReplayable } from "../../env/episode/index.ts";
import { TouchlineError } from "../../env/error.ts";
import type { Action, FootballEnv, FootballInfo } from "../../env/football/index.ts";
import { makeEnv } from "../../env/football/index.ts";

/** A step with what was recorded of it. */
export interface ReplayedStep {
  step: FootballStep;
  actions: readonly Action[];
  decisions: readonly DecisionRecord[];
}

export class ReplayRunner {
  readonly env: FootballEnv;
  #episode: ReturnType<typeof checkReplayable>;
  #played = 0;
  /** How many decisions have been told; they lie in the order of their steps. */
  #said = 0;

  private constructor(episode: ReturnType<typeof checkReplayable>, env: FootballEnv) {
    this.env = env;
    this.#episode = episode;
  }

  /** Throws what `checkReplayable` and `makeEnv` throw. */
  static async make(episode: Episode): Promise<ReplayRunner> {
    const replayable = checkReplayable(episode);
    const { scenario, control, actions, rewards = {} } = replayable.header;
    const env = await makeEnv(scenario, { observation: "none", control, actions, rewards });
    return new ReplayRunner(replayable, env);
  }

  /** Another episode of the same match, which `start` begins. Throws what `checkReplayable` throws. */
  load(episode: Episode): void {
    this.#episode = checkReplayable(episode);
  }

  /** What it is a recording of. */
  get header(): EpisodeHeader {
    return this.#episode.header;
  }

  /** Whether the next step has not come yet: the episode is still being played elsewhere. */
  get waits(): boolean {
    const { steps, end, damage } = this.#episode;
    return this.#played >= steps.length && end === undefined && damage === undefined;
  }

  /** From the start again. Throws `replay/differs` when this program starts the match another way. */
  async start(): Promise<FootballInfo> {
    const { header, reset } = this.#episode;
    const { info } = this.env.reset({ seed: header.seed, vary: header.vary });
    this.#played = 0;
    this.#said = 0;
    this.#compare(reset.state, 0);
    return info;
  }

  /** The next step, and what was said before it. Throws `replay/differs`, or `replay/ended` after the last one that was recorded. */
  async advance(): Promise<ReplayedStep> {
    const recorded = this.#episode.steps[this.#played++];
    if (recorded === undefined) {
      throw new TouchlineError(
        "replay/ended",
        `The recording ends at step ${this.#played - 1}, before the match does.`,
      );
    }
    const step = this.env.step(recorded.actions);
    this.#compare(recorded.state, recorded.step);
    const { decisions } = this.#episode;
    const from = this.#said;
    while (decisions[this.#said]?.step === recorded.step) this.#said++;
    return { step, actions: recorded.actions, decisions: decisions.slice(from, this.#said) };
  }

  async close(): Promise<void> {
    this.env.close();
  }

  #compare(recorded: string, step: number): void {
    if (this.env.stateHash() === recorded) return;
    throw new TouchlineError(
      "replay/differs",
      `From step ${step} on this version plays the match another way than it was recorded; ` +
        "use the release of Touchline that recorded it.",
    );
  }
}
