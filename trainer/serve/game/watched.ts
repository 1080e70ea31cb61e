/** @file Episodes of football that a client plays, sent to a running page like any other. */
import { FeedSink } from "../../../agent/match/index.ts";
import { EPISODE_FORMAT, EPISODE_VERSION, makeRecorder, type Recorder } from "../../../env/episode/index.ts";
import {
  type Action,
  type FootballEnv,
  type FootballInfo,
  PHYSICS_BUILD,
} from "../../../env/football/index.ts";
import { frameOptions } from "../../../env/frame/index.ts";
import type { FootballConfig } from "./config.ts";
import type { Watched } from "./index.ts";

/** What was said beside an action, where it came in words. */
export interface Said {
  action: Action;
  reason?: string;
  words?: { text: string; think: string; answer: string; wellFormed: boolean };
}

export class Broadcast {
  readonly #env: FootballEnv;
  readonly #config: FootballConfig;
  readonly #recorder: Recorder;
  readonly #sink: FeedSink;

  constructor(env: FootballEnv, config: FootballConfig, { url, quiet }: Watched) {
    this.#env = env;
    this.#config = config;
    this.#recorder = makeRecorder(env);
    this.#sink = new FeedSink({ url, by: "serve", thinks: true, ...(quiet && { tell: () => undefined }) });
  }

  begin(seed: number, info: FootballInfo): void {
    const { scenario } = this.#env;
    const { vary, actions, players, opponentPlayers, rewards, frame } = this.#config;
    const left = frameOptions({ ...scenario.observation?.frame, ...frame });
    const header = {
      kind: "header",
      format: EPISODE_FORMAT,
      version: EPISODE_VERSION,
      physics: PHYSICS_BUILD,
      scenario,
      seed,
      vary,
      control: { left: players, right: opponentPlayers },
      actions,
      ...(rewards && { rewards }),
      frame: null,
      frames: { left },
      policies: {
        left: players === "none" ? null : "remote",
        right: opponentPlayers === "none" ? null : "remote",
      },
    } as const;
    this.#sink.begin(header, this.#recorder.reset(info));
  }

  /** `step`: the one that the actions go into. */
  decide(said: readonly Said[], step: number): void {
    said.forEach(({ action, reason, words }, place) => {
      if (words === undefined) return;
      const unparsed = reason === undefined ? {} : { unparsed: true, reason };
      this.#sink.decision({ kind: "decision", step, place, action, ageSteps: 0, ...words, ...unparsed });
    });
  }

  step(step: ReturnType<FootballEnv["step"]>, players: readonly number[], actions: readonly Action[]): void {
    this.#sink.step(this.#recorder.step(step, players, actions));
    if (step.terminated || step.truncated) this.#sink.end(this.#recorder.end());
  }

  /** Cuts an episode that has not ended. */
  close(): void {
    this.#sink.close();
  }
}
