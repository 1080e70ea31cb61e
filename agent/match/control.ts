/** @file Who is under control in a match: the scenario's choice, and what the caller changes in it. */
import { TouchlineError } from "../../env/error.ts";
import type { Control, Scenario } from "../../env/football/index.ts";
import type { Side } from "../policy/index.ts";

export interface ControlChoice {
  /** Whether a policy plays this side; without one its built-in players do. */
  left: boolean;
  right: boolean;
  /** Overrides the scenario for a side that a policy plays. */
  players?: Control | undefined;
  opponentPlayers?: Control | undefined;
}

/** A side with a policy whose scenario leaves it to the built-in players gets the player at the ball. */
export function chooseControl(scenario: Scenario, choice: ControlChoice): { left: Control; right: Control } {
  const { left, right } = scenario.control;
  return {
    left: choice.left ? (choice.players ?? orBall(left)) : "none",
    right: choice.right ? (choice.opponentPlayers ?? orBall(right)) : "none",
  };
}

function orBall(control: Control): Control {
  return control === "none" ? "ball" : control;
}

/**
 * Reads `--players` or `--opponent-players`: `all`, `ball`, `count:3` for three that switch, or places in the side's
 * list from 0, such as `1,3`. Throws `play/players` for anything else and for a place that cannot be controlled in
 * the scenario.
 */
export function parsePlayers(text: string, scenario: Scenario, side: Side = "left"): Control {
  if (text === "all" || text === "ball") return text;
  const number = /^count:(\d{1,2})$/.exec(text)?.[1];
  const words = text.split(",").map((word) => word.trim());
  const free = scenario[side].players.flatMap((player, place) =>
    player.controllable === false ? [] : [place],
  );
  if (number !== undefined && Number(number) >= 1 && Number(number) <= free.length) {
    return { count: Number(number) };
  }
  const wrong = words.find(
    (word, i) => !free.some((place) => `${place}` === word) || words.indexOf(word) !== i,
  );
  if (wrong === undefined) return words.map(Number);
  throw new TouchlineError(
    "play/players",
    `"${wrong}" is no player to control on the ${side} in ${scenario.id}, or is there twice; expected "all", "ball", ` +
      `"count:N" with N up to ${free.length}, or some of the places ${free.join(", ")} with commas between them.`,
  );
}

/** Who plays the right side: as wished, else the scenario's own; undefined, or the wish "none", is its built-in players. */
export function opponentOf({ opponent }: Scenario, wish = opponent): string | undefined {
  return wish === "none" ? undefined : wish;
}
