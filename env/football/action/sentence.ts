/** @file The `semantic` set: sentences for language agents, read leniently, and the list of all that are valid. */
import { nearestName, TouchlineError } from "../../error.ts";
import type { Match, Team } from "../state/match.ts";

const DIRECTIONS = [
  "left",
  "top left",
  "top",
  "top right",
  "right",
  "bottom right",
  "bottom",
  "bottom left",
] as const;

/** Sentences without a number. */
export const PLAIN_SENTENCES = [
  "hold",
  "auto",
  "shoot",
  "shoot near post",
  "shoot far post",
  "shoot low",
  "shoot high",
  "cross",
  "clear",
  "dribble to goal",
  "dribble forward",
  "dribble back",
  "dribble left",
  "dribble right",
  "press",
  "tackle",
  "slide",
  "move to ball",
  "get open",
  "defend",
  ...DIRECTIONS.map((direction) => `run ${direction}` as const),
  ...DIRECTIONS.map((direction) => `sprint ${direction}` as const),
] as const;

/** Sentences that end in the number on a player's shirt: a teammate's, but for `mark` an opponent's. */
export const NUMBERED = ["pass_to", "through_ball", "lob_to", "mark"] as const;

export type PlainSentence = (typeof PLAIN_SENTENCES)[number];
export type Sentence =
  | { verb: PlainSentence; text: string }
  | { verb: (typeof NUMBERED)[number]; number: number; text: string };

/** Every sentence that means something for a player of this team, in a fixed order. */
export function sentencesOf(match: Match, team: Team): string[] {
  const numbers = (of: (other: Team) => boolean): number[] =>
    match.players.filter((player) => of(player.team)).map((player) => player.number);
  const mates = numbers((other) => other === team);
  const opponents = numbers((other) => other !== team);
  return [
    ...PLAIN_SENTENCES,
    ...NUMBERED.flatMap((verb) => (verb === "mark" ? opponents : mates).map((n) => `${verb} ${n}`)),
  ];
}

/** The 8 directions by what people call them, too. */
const SAME: Readonly<Record<string, string>> = {
  idle: "hold",
  wait: "hold",
  shot: "shoot",
  sliding: "slide",
  "builtin ai": "auto",
  "go to ball": "move to ball",
  "dribble goal": "dribble to goal",
};

/**
 * Reads a sentence; case, punctuation, underscores and filler words do not matter ("Pass to #7!" is `pass_to 7`).
 * Throws `action/unknown` with the nearest valid sentence.
 */
export function parseSentence(text: string): Sentence {
  const words = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, " ")
    .split(" ")
    .filter((word) => word !== "" && !FILLERS.has(word));
  const plain = words.join(" ");
  const meant = Object.hasOwn(SAME, plain) ? SAME[plain]! : plain;
  const verb = PLAIN_SENTENCES.find((sentence) => sentence === meant);
  if (verb) return { verb, text: verb };
  const last = words.at(-1) ?? "";
  const head = words.slice(0, -1).join(" ").replace(/ to$/, "");
  const numbered = NUMBERED.find((name) => {
    const full = name.replaceAll("_", " ").replace(/ to$/, "");
    return full === head || full.split(" ")[0] === head;
  });
  if (numbered && /^\d{1,2}$/.test(last)) {
    return { verb: numbered, number: Number(last), text: `${numbered} ${Number(last)}` };
  }
  const candidates = [...PLAIN_SENTENCES, ...NUMBERED.map((name) => `${name} 7`)];
  const nearest = nearestName(meant, candidates);
  throw new TouchlineError(
    "action/unknown",
    `There is no action "${text.slice(0, 80)}".${nearest ? ` Did you mean "${nearest}"?` : ""} ` +
      `Expected a sentence such as "pass_to 7", "shoot near post", "run top right", "press" or "hold".`,
  );
}

const FILLERS = new Set(["the", "a", "an", "please", "player", "number", "no"]);
