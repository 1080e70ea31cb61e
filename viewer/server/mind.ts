/**
 * @file What the policies of one match think, put to the moment that viewers see: thoughts as they come, decisions
 * when the scene is shown that they begin with, rewards when the step is over that earned them.
 */
import type { FootballEnv, FootballInfo } from "../../env/football/index.ts";
import { seenBy } from "../../env/football/index.ts";
import type { Scene } from "../../env/frame/index.ts";
import type { DecisionNote, MindNote, Thought } from "../protocol/index.ts";
import { encodeScene, TEXT_MAX } from "../protocol/index.ts";
import { isTelling, noteOf, type Said } from "./note.ts";

/** The oldest frame that a decision can have been made on, in steps; of an older one nothing is shown. */
const LOOKS_MAX = 3000;

/** What those who are asked before a step can see. */
interface Look {
  tick: number;
  controlled: readonly number[];
  scene: Scene;
}

interface Going {
  place: number;
  look: Look;
  text: string;
  sent: number;
}

export class Mind {
  readonly #env: FootballEnv;
  readonly #thinks: boolean;
  #now: Look | undefined;
  /** By the number of steps before it. */
  readonly #looks = new Map<number, Look>();
  readonly #thoughts = new Map<number, Going>();
  /** Not yet shown, in the order of their ticks. */
  readonly #due: MindNote[] = [];

  /** Where nobody thinks in words only rewards are told, and nothing is kept of what was seen. */
  constructor(env: FootballEnv, thinks: boolean) {
    this.#env = env;
    this.#thinks = thinks;
  }

  /** Another episode. */
  begin(): void {
    this.#looks.clear();
    this.#thoughts.clear();
    this.#due.splice(0);
  }

  /** Before a step is played. */
  look({ step, tick, controlled }: FootballInfo): void {
    if (!this.#thinks) return;
    this.#now = { tick, controlled, scene: this.#env.scene() };
    this.#looks.set(step, this.#now);
    this.#looks.delete(step - LOOKS_MAX);
  }

  /** A piece of the thought of the one at this place, who was asked after so many steps. */
  hear(place: number, piece: string, step: number): void {
    const look = this.#looks.get(step);
    if (look === undefined) return;
    const thought = this.#thoughts.get(place) ?? { place, look, text: "", sent: 0 };
    thought.text = (thought.text + piece).slice(0, TEXT_MAX);
    this.#thoughts.set(place, thought);
  }

  /** After the step: the decisions that it began with, and how things stand. */
  take(decisions: readonly Said[], { step, tick, playerTerms, rewards }: FootballInfo): void {
    const look = this.#now;
    for (const said of decisions) {
      this.#thoughts.delete(said.place);
      if (look !== undefined && isTelling(said)) this.#due.push(this.#note(said, step, look));
    }
    playerTerms.forEach((all, place) => {
      const terms = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== 0));
      const reward = rewards[place] ?? 0;
      if (Object.keys(terms).length > 0 || reward !== 0) {
        this.#due.push({ kind: "reward", tick, place, reward, terms });
      }
    });
  }

  /** What belongs to the match up to this tick and has not been given out. */
  notesUntil(tick: number): MindNote[] {
    const later = this.#due.findIndex((note) => note.tick > tick);
    return this.#due.splice(0, later === -1 ? Infinity : later);
  }

  /** What was thought since the last time. */
  news(): Thought[] {
    const news = [...this.#thoughts.values()].filter(({ text, sent }) => text.length > sent);
    return news.map((going) => {
      const { text, sent } = going;
      going.sent = text.length;
      return this.#thought(going, sent);
    });
  }

  /** The thoughts that go on, from their beginnings. */
  get thoughts(): Thought[] {
    return [...this.#thoughts.values()].map((going) => this.#thought(going, 0));
  }

  #thought({ place, look, text }: Going, from: number): Thought {
    const player = look.controlled[place] ?? 0;
    const seen = from === 0 && { seen: this.#seen(look, player) };
    return { place, player, tick: look.tick, from, text: text.slice(from), ...seen };
  }

  #note(said: Said, step: number, { tick, controlled }: Look): DecisionNote {
    const player = controlled[said.place] ?? 0;
    const look = this.#looks.get(step - 1 - (said.ageSteps ?? 0));
    const seen = look !== undefined && said.frameHash !== undefined && { seen: this.#seen(look, player) };
    return noteOf(said, { tick, step, player, ...seen }, this.#env.placeSpaces[said.place]);
  }

  /** A Buffer, for the wire takes no other view of bytes. */
  #seen({ scene }: Look, player: number): Buffer {
    return Buffer.from(encodeScene(seenBy(scene, this.#env.lineup.players[player]?.team ?? 0)));
  }
}
