/** @file What a row of data says beside its question: the right answer, and how it is held against. */
import { z } from "zod";
import { type Level, readXsb } from "../../../env/sokoban/index.ts";
import { TouchlineError } from "../../../env/error.ts";
import { VERIFIER_NAMES, type VerifierName } from "../../reward/index.ts";

export interface Label {
  gold: string;
  also: string[];
  verifier: VerifierName | undefined;
  shown: "words" | "frame";
  level?: Level;
  lengthBonuses: boolean;
}

const schema = z.object({
  gold: z.union([z.string(), z.number()]).default(""),
  also: z.array(z.string()).max(100).default([]),
  verifier: z.enum(VERIFIER_NAMES).optional(),
  shown: z.enum(["words", "frame"]).default("words"),
  /** A level of Sokoban in XSB. */
  sokoban: z.string().max(2000).optional(),
  lengthBonuses: z.boolean().default(false),
});

/** A label that is no object is the right answer itself; undefined for one that cannot be read. */
export function readLabel(given: unknown): Label | undefined {
  const value = typeof given === "string" && given.trimStart().startsWith("{") ? objectIn(given) : given;
  if (value === null || value === undefined) return { ...BARE, gold: "" };
  if (typeof value === "string" || typeof value === "number") return { ...BARE, gold: String(value) };
  const read = schema.safeParse(value);
  if (!read.success) return undefined;
  const { gold, sokoban, verifier, ...rest } = read.data;
  try {
    return {
      ...rest,
      verifier,
      gold: String(gold),
      ...(sokoban !== undefined && { level: readXsb(sokoban) }),
    };
  } catch (error) {
    if (error instanceof TouchlineError) return undefined;
    throw error;
  }
}

const BARE = {
  also: [],
  verifier: undefined,
  shown: "words",
  lengthBonuses: false,
} as const satisfies Partial<Label> as {
  also: string[];
  verifier: undefined;
  shown: "words";
  lengthBonuses: boolean;
};

/** The text itself where it only looks like one: LaTeX may begin with a brace. */
function objectIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
