/** @file Football as a game of turns: an answer of each player becomes an action, which is played until the next is due. */
import { Stepper } from "../../../agent/match/index.ts";
import {
  actionList,
  actionOf,
  fillIn,
  loadPrompt,
  type Prompt,
  readAnswer,
} from "../../../agent/protocol/index.ts";
import { TouchlineError } from "../../../env/error.ts";
import {
  type Action,
  checkAction,
  type FootballEnv,
  type FootballInfo,
  IDLE_ACTIONS,
  makeEnv,
  type ObservationByKind,
  type Scenario,
  seenBy,
} from "../../../env/football/index.ts";
import { frameOptions, makePainter, type Painter, type Scene } from "../../../env/frame/index.ts";
import { encodePng } from "../../../agent/frame/index.ts";
import type { FootballConfig } from "./config.ts";
import { type Act, type Game, pictureSpace, type PlayerSpaces, type Turn, type View } from "./game.ts";
import type { Watched } from "./index.ts";
import { Broadcast, type Said } from "./watched.ts";

type Step = ReturnType<FootballEnv["step"]>;

/** What one player answered. */
interface Read extends Said {
  action: Action;
  /** Why no action could be read. */
  reason?: string;
  /** An answer in words that is out of form, or names no action. */
  faulty: boolean;
}

export class FootballGame implements Game {
  readonly system: string;
  readonly spaces: readonly PlayerSpaces[];
  readonly #env: FootballEnv;
  readonly #config: FootballConfig;
  readonly #prompt: Prompt;
  readonly #broadcast: Broadcast | undefined;
  #steppers: readonly Stepper[] = [];
  #info!: FootballInfo;
  #seen: Step["observation"] = null;

  static async make(
    scenario: Scenario,
    config: FootballConfig,
    watched: Watched | undefined,
  ): Promise<FootballGame> {
    const { actions, players, opponentPlayers, rewards = {}, see } = config;
    const kinds = see.filter((kind) => kind !== "frame");
    const env = await makeEnv(scenario, {
      observation: kinds.length === 0 ? "none" : kinds,
      control: { left: players, right: opponentPlayers },
      actions,
      rewards,
    });
    if (env.placeSpaces.length === 0) {
      throw new TouchlineError(
        "serve/players",
        "Nobody would be under control; give players or opponentPlayers.",
      );
    }
    if (env.placeSpaces.length > 1 && config.decisionSteps === "adaptive") {
      const message = "Several players must decide at the same time: decisionSteps is a number for them.";
      throw new TouchlineError("serve/decision-steps", message);
    }
    return new FootballGame(env, config, watched);
  }

  private constructor(env: FootballEnv, config: FootballConfig, watched: Watched | undefined) {
    this.#env = env;
    this.#config = config;
    this.#prompt = loadPrompt(config.prompt);
    const values = { goal: env.scenario.goal, actions: actionList(env.placeSpaces[0]!) };
    this.system = fillIn(this.#prompt.system, values);
    this.spaces = spacesOf(env, config);
    this.#broadcast = watched && new Broadcast(env, config, watched);
  }

  async reset(seed: number): Promise<Turn> {
    const { vary } = this.#config;
    const { info, observation } = this.#env.reset({ seed, vary });
    this.#info = info;
    this.#seen = observation;
    const places = this.#env.placeSpaces;
    const lasting = this.#config.decisionSteps ?? (places.length > 1 ? 1 : "adaptive");
    this.#steppers = places.map(() => new Stepper(lasting, this.#env.lineup));
    this.#broadcast?.begin(seed, info);
    const views = await this.#views(places.map(() => this.#prompt.first));
    return { views, reward: null, done: false, info: this.#told(undefined, { steps: 0 }) };
  }

  async act(act: Act): Promise<Turn> {
    const { formatPenalty } = this.#config;
    const read = this.#read(act);
    const { step, rewards, steps } = this.#play(read);
    const done = step.terminated || step.truncated;
    const paid = rewards.map((reward, place) => reward - (read[place]!.faulty ? formatPenalty : 0));
    const { next, unparsed } = this.#prompt;
    const words = read.map(({ reason }) => (reason === undefined ? next : fillIn(unparsed, { reason })));
    const reasons = read.flatMap(({ reason }) => reason ?? []);
    const info = this.#told(step, {
      steps,
      ...(read.length > 1 && { rewards: paid }),
      ...(reasons.length > 0 && { unparsed: reasons }),
    });
    return { views: await this.#views(words), reward: paid[0]!, done, info };
  }

  close(): void {
    this.#broadcast?.close();
    this.#env.close();
  }

  /** Plays one decision of each player, until the next is due. */
  #play(read: readonly Read[]): { step: Step; rewards: number[]; steps: number } {
    const { actions: set } = this.#config;
    let scene: Scene | undefined;
    const look = (): Scene => (scene ??= this.#env.scene());
    const placed = this.#steppers.map((stepper, place) => [stepper, place] as const);
    for (const [stepper, place] of placed) {
      const player = this.#info.controlled[place]!;
      stepper.begin(read[place]!.action, set, this.#env.placeSpaces[place]!, player, look);
    }
    const rewards = read.map(() => 0);
    let actions: readonly Action[] = read.map(({ action }) => action);
    this.#broadcast?.decide(read, this.#info.step + 1);
    for (let steps = 1; ; steps++) {
      const players = this.#info.controlled;
      const step = this.#env.step(actions);
      this.#info = step.info;
      this.#seen = step.observation;
      this.#broadcast?.step(step, players, actions);
      for (const place of rewards.keys()) rewards[place]! += step.info.rewards[place] ?? 0;
      if (step.terminated || step.truncated) return { step, rewards, steps };
      scene = undefined;
      const next = placed.map(([stepper, place]) => stepper.next(this.#info.controlled[place]!, look));
      if (next.includes(undefined)) return { step, rewards, steps };
      actions = next.map((action) => action!);
    }
  }

  #read(act: Act): Read[] {
    const { actions: set } = this.#config;
    const count = this.#env.placeSpaces.length;
    const list = listOf(act, count);
    if (list.length !== count) {
      throw new TouchlineError(
        "action/count",
        `The step got ${list.length} answers; expected ${count}, one for each player under control.`,
      );
    }
    if ("action" in act) {
      return list.map((action): Read => {
        checkAction(set, action as Action);
        return { action: action as Action, faulty: false };
      });
    }
    return list.map((text) => this.#readWords(text as string));
  }

  #readWords(text: string): Read {
    const { actions: set } = this.#config;
    const said = readAnswer(text, this.#prompt.answer);
    const read = said.answer === undefined ? { reason: said.reason! } : actionOf(said.answer, set);
    const { think, answer = "", wellFormed } = said;
    const words = { text, think, answer, wellFormed };
    if ("action" in read) return { action: read.action, faulty: !wellFormed, words };
    return { action: IDLE_ACTIONS[set], reason: read.reason, faulty: true, words };
  }

  async #views(words: readonly string[]): Promise<View[]> {
    const { see, frame } = this.#config;
    const scene = see.includes("frame") ? this.#env.scene() : undefined;
    const pictures = new Map<number, Promise<Uint8Array>>();
    return Promise.all(
      words.map(async (prompt, place): Promise<View> => {
        const seen = (this.#seen?.[place] ?? {}) as Partial<ObservationByKind>;
        const { team } = this.#env.lineup.players[this.#info.controlled[place]!]!;
        const paint = (): Promise<Uint8Array> =>
          encodePng(painterOf(this.#env, frame).paint(seenBy(scene!, team)));
        const picture = scene && (pictures.get(team) ?? paint());
        if (picture) pictures.set(team, picture);
        return {
          words: seen.text === undefined ? prompt : `${seen.text}\n${prompt}`,
          ...(picture && { image: new Uint8Array(await picture) }),
          ...(seen.simple115v2 && { simple115v2: Array.from(seen.simple115v2) }),
          ...(seen.raw && { raw: seen.raw }),
        };
      }),
    );
  }

  #told(step: Step | undefined, more: Record<string, unknown>): Turn["info"] {
    const { step: at, score, mode, terms, ended, result } = this.#info;
    return {
      ...more,
      step: at,
      score,
      mode,
      terms,
      ...(step && { terminated: step.terminated, truncated: step.truncated }),
      ...(result !== undefined && { ended, success: result === "success" }),
    };
  }
}

function spacesOf(
  { placeSpaces, observationSpace, scenario }: FootballEnv,
  config: FootballConfig,
): PlayerSpaces[] {
  const { see } = config;
  const frame = frameOptions({ ...scenario.observation?.frame, ...config.frame });
  return placeSpaces.map((action, place) => {
    const seen = observationSpace.kind === "tuple" ? observationSpace.spaces[place] : undefined;
    const spaces = {
      ...(see.includes("frame") && { frame: pictureSpace(frame) }),
      ...(seen?.kind === "dict" && seen.spaces),
    };
    return { action, observation: { kind: "dict", spaces } };
  });
}

function listOf(act: Act, count: number): readonly unknown[] {
  if ("text" in act) return [act.text];
  if ("texts" in act) return act.texts;
  return Array.isArray(act.action) && count > 1 ? act.action : [act.action];
}

/** Painters keep each figure that they have drawn, so sessions that look alike share one. */
const painters = new WeakMap<Scenario, Map<string, Painter>>();

function painterOf({ scenario, lineup }: FootballEnv, frame: FootballConfig["frame"]): Painter {
  const own = painters.get(scenario) ?? new Map<string, Painter>();
  painters.set(scenario, own);
  const options = { ...scenario.observation?.frame, ...frame };
  const key = JSON.stringify(options);
  const painter = own.get(key) ?? makePainter(lineup, options);
  // A client could ask for a painter for each width there is.
  if (own.size >= PAINTERS_MAX) own.clear();
  own.set(key, painter);
  return painter;
}

const PAINTERS_MAX = 16;
