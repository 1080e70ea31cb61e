/**
 * @file What was thought in one episode, as a viewer has it so far, and what of it belongs to a tick: the decision that
 * is played there, and what it has earned up to there.
 */
import type { DecisionNote, MindNote, Thought } from "../protocol/index.ts";
import { seenTick } from "./seen.ts";

export class MindLog {
  /** How many notes there have been, as far as anybody told. */
  known = 0;
  /** The first that the server still has. */
  availableFrom = 0;
  /** By their numbers; what is not here yet is a hole. */
  readonly notes: (MindNote | undefined)[] = [];
  /** Who decides at each place, as far as he was heard of: an index of the lineup. */
  readonly places = new Map<number, number>();
  /** What is being thought just now, by place. */
  readonly thoughts = new Map<number, Thought>();
  #complete = 0;

  add(from: number, notes: readonly MindNote[]): void {
    this.known = Math.max(this.known, from + notes.length);
    notes.forEach((note, i) => {
      this.notes[from + i] ??= note;
      if (note.kind !== "decision") return;
      if (!this.places.has(note.place) || from + i === this.known - 1)
        this.places.set(note.place, note.player);
      // A thought that began later is about another decision.
      if ((this.thoughts.get(note.place)?.tick ?? Infinity) <= note.tick) this.thoughts.delete(note.place);
    });
  }

  /** A piece of a thought. One before which something was lost is left out: the decision tells it all. */
  hear(piece: Thought): void {
    const { place, player, from } = piece;
    const before = from === 0 ? piece : this.thoughts.get(place);
    if (before === undefined || before.tick !== piece.tick || from > before.text.length) return;
    this.places.set(place, player);
    this.thoughts.set(place, { ...before, text: before.text.slice(0, from) + piece.text });
  }

  /** The number of the first note that the server has and this has not. */
  missing(): number | undefined {
    this.#complete = Math.max(this.#complete, this.availableFrom);
    while (this.#complete < this.known && this.notes[this.#complete] !== undefined) this.#complete++;
    return this.#complete < this.known ? this.#complete : undefined;
  }

  /** From the first note up to this one, not including it, none is missing. */
  get completeUpTo(): number {
    return this.missing() ?? this.known;
  }

  giveUp(): void {
    this.known = 0;
  }
}

/** A decision with what came of it. */
export interface Decided {
  note: DecisionNote;
  /** Counts the place's decisions from 1, of those that are here; and how many there are. */
  number: number;
  count: number;
  /** What its steps up to the tick earned: the sum of the rewards, and of each term. */
  reward: number;
  terms: Readonly<Record<string, number>>;
}

/** What belongs to a tick. */
export interface MindView {
  /** Whose it is. */
  place: number;
  player: number;
  /** A thought that goes on: live, or at that moment of the past. */
  thought: Thought | undefined;
  /** It is of the past: only the whole of it was kept, so it grows evenly until its decision. */
  replayed: boolean;
  /** The decision that is played; while a thought goes on the one before it. */
  decided: Decided | undefined;
  /** Ticks of the place's decisions before and after this one. */
  previousTick: number | undefined;
  nextTick: number | undefined;
}

/**
 * What belongs to a tick, of the place asked for or else of the one that decided last; `live`: the newest, with what is
 * being thought. Undefined while nobody there has thought.
 */
export function mindAt(log: MindLog, tick: number, live: boolean, asked?: number): MindView | undefined {
  const at = log.notes.findLastIndex(
    (note) => note?.kind === "decision" && note.tick <= tick && (asked === undefined || note.place === asked),
  );
  const found = log.notes[at];
  const note = found?.kind === "decision" ? found : undefined;
  const thought = live ? thoughtOf(log, asked) : pastThought(log, at, tick, asked);
  const replayed = thought !== undefined && !live;
  const place = thought?.place ?? note?.place ?? asked;
  if (place === undefined || (thought === undefined && note === undefined && !log.places.has(place)))
    return undefined;
  const own = note?.place === place ? note : undefined;
  const all = log.notes.filter((one) => one?.kind === "decision" && one.place === place);
  const number = own === undefined ? 0 : all.indexOf(own) + 1;
  return {
    place,
    player: thought?.player ?? own?.player ?? log.places.get(place) ?? 0,
    thought,
    replayed,
    decided: own && { note: own, number, count: all.length, ...earned(log, at, place, tick) },
    // While the next is thought about the decision itself lies back.
    previousTick: own === undefined ? undefined : replayed ? own.tick : all[number - 2]?.tick,
    nextTick: own === undefined ? all.find((one) => one!.tick > tick)?.tick : all[number]?.tick,
  };
}

/** The thought of a place, or of the first that thinks. */
function thoughtOf(log: MindLog, asked: number | undefined): Thought | undefined {
  if (asked !== undefined) return log.thoughts.get(asked);
  return [...log.thoughts.values()].sort((a, b) => a.place - b.place)[0];
}

/** What was being thought at a tick while the match went on, after the decision at this place in the log. */
function pastThought(log: MindLog, at: number, tick: number, asked: number | undefined): Thought | undefined {
  for (let i = at + 1; i < log.notes.length; i++) {
    const note = log.notes[i];
    if (note?.kind !== "decision" || note.tick <= tick) continue;
    const start = note.seen && seenTick(note.seen);
    if (asked !== undefined && note.place !== asked) continue;
    if (start === undefined || start >= tick) return undefined;
    const whole = note.think ?? note.text ?? "";
    const text = whole.slice(0, Math.floor((whole.length * (tick - start)) / (note.tick - start)));
    const { place, player, seen } = note;
    return { place, player, tick: start, from: 0, text, ...(seen !== undefined && { seen }) };
  }
  // It may still go on: then there is all of it so far.
  const going = thoughtOf(log, asked);
  return going !== undefined && going.tick < tick ? going : undefined;
}

function earned(log: MindLog, at: number, place: number, tick: number): Pick<Decided, "reward" | "terms"> {
  let reward = 0;
  const terms: Record<string, number> = {};
  for (const note of log.notes.slice(at + 1)) {
    if (note === undefined || note.place !== place) continue;
    if (note.tick > tick || note.kind === "decision") break;
    reward += note.reward;
    for (const [term, value] of Object.entries(note.terms)) terms[term] = (terms[term] ?? 0) + value;
  }
  return { reward, terms };
}

/** The parts of a text that is still being written: `<think>` and `<answer>` are no words of it. */
export function partsOf(text: string): { think: string; answer: string } {
  const start = /^\s*<think>/.exec(text)?.[0].length ?? 0;
  const end = text.search(/<\/think>|<answer>/);
  if (end === -1) return { think: text.slice(start), answer: "" };
  const answer = /<answer>([^]*?)(?:<\/answer>|$)/.exec(text)?.[1] ?? "";
  return { think: text.slice(start, end), answer };
}

/** A probability as one reads it. */
export function percentText(probability: number): string {
  const percent = probability * 100;
  if (percent < 0.1) return "< 0.1 %";
  return `${percent < 1 ? percent.toFixed(1) : Math.round(percent)} %`;
}
