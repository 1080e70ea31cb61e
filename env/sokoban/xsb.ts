/** @file Levels as text in XSB, the form that Sokoban's collections are passed on in. */
import { TouchlineError } from "../error.ts";
import { checkLevel, type Level, type Position, reach } from "./level.ts";

/** `#` wall, ` ` floor, `.` target, `$` box, `*` box on target, `@` player, `+` player on target. */
const LINE = /^[-_ #.$*@+]*#[-_ #.$*@+]*$/;

/** Lines of equal length without a line break at the end. With `now`, the level as it stands then. */
export function writeXsb(level: Level, now: Position = level): string {
  const { width, height, walls, targets } = level;
  const rows = Array.from({ length: height }, () => "");
  walls.forEach((wall, cell) => {
    const target = targets.includes(cell);
    const row = Math.floor(cell / width);
    if (wall) rows[row] += "#";
    else if (cell === now.player) rows[row] += target ? "+" : "@";
    else if (now.boxes.includes(cell)) rows[row] += target ? "*" : "$";
    else rows[row] += target ? "." : " ";
  });
  return rows.join("\n");
}

/**
 * The one level of this text. Empty cells that the player cannot reach become walls, so the outside may be blank.
 * Throws `sokoban/xsb` for other characters, another number of players or of levels, and what `checkLevel` throws.
 */
export function readXsb(text: string): Level {
  const [level, ...others] = readLevels(text);
  if (level !== undefined && others.length === 0) return level;
  throw new TouchlineError(
    "sokoban/xsb",
    `The text holds ${level === undefined ? "no level" : `${others.length + 1} levels`}; expected one.`,
  );
}

/** All levels of a file: blocks of lines with walls; lines between them (titles, comments) are passed over. */
export function readLevels(text: string): Level[] {
  const blocks: string[][] = [];
  let block: string[] | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (!LINE.test(line)) {
      if (block !== undefined && /^\s*#/.test(line)) throw odd(line);
      block = undefined;
    } else if (block === undefined) blocks.push((block = [line]));
    else block.push(line);
  }
  return blocks.map(levelOf);
}

function levelOf(lines: readonly string[]): Level {
  const width = Math.max(...lines.map((line) => line.trimEnd().length));
  const characters = lines.flatMap((line) => line.trimEnd().padEnd(width).split(""));
  const cellsOf = (kinds: string): number[] =>
    characters.flatMap((character, cell) => (kinds.includes(character) ? [cell] : []));
  const [player, ...others] = cellsOf("@+");
  if (player === undefined || others.length > 0) {
    throw new TouchlineError(
      "sokoban/xsb",
      `A level has ${player === undefined ? "no player" : `${others.length + 1} players`}; expected one "@" or "+".`,
    );
  }
  const walls = characters.map((character) => character === "#");
  const inside = reach({ width, height: lines.length, walls, player });
  return checkLevel({
    width,
    height: lines.length,
    walls: characters.map(
      (character, cell) => character === "#" || (!inside[cell] && "-_ ".includes(character)),
    ),
    targets: cellsOf(".*+"),
    boxes: cellsOf("$*"),
    player,
  });
}

function odd(line: string): TouchlineError {
  return new TouchlineError(
    "sokoban/xsb",
    `The line "${line}" holds characters that XSB does not have; expected "#", " ", ".", "$", "*", "@" and "+".`,
  );
}
