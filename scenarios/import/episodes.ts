/** @file Runs a file for several episodes, as GRF does, and tells whether they differ. */
import { makeBuilder, type Setup } from "./builder.ts";
import type { Source } from "./chance.ts";
import { Interpreter } from "./interpret.ts";
import { notImported, type Place } from "./refusal.ts";
import { parsePython } from "./statement.ts";
import type { Statement } from "./syntax.ts";
import { Twister } from "./twister.ts";
import { isThing } from "./value.ts";

/** Enough to see what takes turns, twice at least where up to six starts do. */
const EPISODES = 12;

export interface Episodes {
  /** What each distinct episode says, in order. */
  setups: readonly Setup[];
  /** `turns[i]` is the place in `setups` of episode i. */
  turns: readonly number[];
  /** The file draws at random. */
  random: boolean;
  /** The text at the top of the file or of its function. */
  says: string | undefined;
  notes: readonly string[];
}

/** @param seed of `random` and `numpy.random`, for files that draw without one of their own. */
export function runEpisodes(text: string, seed: number | undefined): Episodes {
  const statements = parsePython(text);
  const chosen = seed !== undefined;
  const python: Source = { twister: chosen ? Twister.ofInteger(BigInt(seed)) : null, chosen, used: false };
  const numpy: Source = { twister: chosen ? Twister.ofNumber(seed) : null, chosen, used: false };
  const interpreter = new Interpreter({ python, numpy });
  interpreter.runFile(statements);
  const top: Place = { line: 1, column: 1 };
  const build = interpreter.file.names.get("build_scenario");
  if (build === undefined) throw notImported(top, "the file defines no build_scenario(builder)");
  const at = functionPlace(statements) ?? top;
  if (isThing(build) && build.kind !== "function")
    throw notImported(at, "build_scenario is no function that is followed");

  const setups: Setup[] = [];
  const turns: number[] = [];
  const ways: string[] = [];
  let asked = false;
  for (let episode = 0; episode < EPISODES; episode++) {
    const builder = makeBuilder(() => {
      asked = true;
      return BigInt(episode);
    });
    interpreter.call(build, [builder.host], at);
    const setup = builder.finish(at);
    const before = setups.findIndex((one) => JSON.stringify(one) === JSON.stringify(setup));
    turns.push(before < 0 ? setups.push(setup) - 1 : before);
    ways.push(`${turns.at(-1)} ${builder.order.join(" ")}`);
    if (python.used || numpy.used) break;
  }
  const random = python.used || numpy.used;
  const notes = [...interpreter.notes];
  if (!random && mayDiffer(ways, asked))
    notes.push(`Only the first ${EPISODES} episodes were looked at; later ones may start otherwise.`);
  return { setups, turns, random, says: docstring(statements), notes };
}

/**
 * Whether episodes beyond those seen may be like none of these: they do not come again and again.
 * @param ways what each was, and how it came about: two teams that are alike take turns too.
 */
function mayDiffer(ways: readonly string[], asked: boolean): boolean {
  const period = ways.findIndex((_, i) => i > 0 && ways.every((way, j) => way === ways[j % i]));
  if (period < 0 || period > ways.length / 2) return true;
  // All alike, though the file asks which one it is: the number that it waits for has not come.
  return period === 1 && asked;
}

function builds(statement: Statement): statement is Extract<Statement, { kind: "function" }> {
  return statement.kind === "function" && statement.function.name === "build_scenario";
}

function functionPlace(statements: readonly Statement[]): Place | undefined {
  return statements.findLast(builds)?.at;
}

function docstring(statements: readonly Statement[]): string | undefined {
  const bodies = [statements, statements.findLast(builds)?.function.body ?? []];
  for (const [first] of bodies) {
    if (first?.kind === "expression" && first.value.kind === "string") return first.value.value;
  }
  return undefined;
}
