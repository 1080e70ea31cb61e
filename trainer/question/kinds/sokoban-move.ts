/** @file Sokoban, one move an answer: a level somewhere on a shortest way, and the move that comes next. */
import {
  type Level,
  type Move,
  moved,
  MOVES,
  type Position,
  solve,
  writeXsb,
} from "../../../env/sokoban/index.ts";
import {
  type Drawn,
  goodPlan,
  moveName,
  planThought,
  sokobanForm,
  sokobanPrompt,
  textHash,
} from "../../sokoban/index.ts";
import type { Question } from "../question.ts";
import { levelView, type SokobanSettings } from "./sokoban.ts";

/** Positions that are looked at for a way as short. */
const NODES = 20_000;

/** "Step." Where on its way a level is asked about follows from the level, so that all places come about as often. */
export function sokobanMove(drawn: Drawn, { prompt }: SokobanSettings): Question {
  const { system, first } = sokobanPrompt(sokobanForm(prompt), "online");
  const plan = goodPlan(drawn);
  const done = textHash(`${writeXsb(drawn.level)} move`) % plan.length;
  const level = after(drawn.level, plan.slice(0, done));
  const rest = plan.slice(done);
  return {
    kind: "sokoban_move",
    ...(system !== "" && { system }),
    view: levelView(level),
    ask: first,
    think: planThought(level, rest),
    gold: moveName(rest[0]!),
    get also() {
      return MOVES.filter((move) => move !== rest[0] && isAsGood(level, move, rest.length)).map(moveName);
    },
  };
}

/** How it stands after these moves, as a level of its own. */
function after(level: Level, moves: readonly Move[]): Level {
  const start: Position = level;
  const { player, boxes } = moves.reduce((position, move) => moved(level, position, move), start);
  return { ...level, player, boxes: boxes.toSorted((one, other) => one - other) };
}

function isAsGood(level: Level, move: Move, length: number): boolean {
  const solution = solve(after(level, [move]), { nodes: NODES });
  return solution.status === "solved" && solution.plan.length < length;
}
