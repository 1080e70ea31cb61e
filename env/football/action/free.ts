/** @file The `continuous` set: a run or a kick in any direction, as hard and as high as asked. */
import { TouchlineError } from "../../error.ts";
import { length } from "../../math.ts";
import { attackSign } from "../pitch.ts";
import { idleIntent, type Intent, type Match, type Player, SPRINT } from "../state/match.ts";
import type { Action, ContinuousAction } from "./names.ts";

/** The ball's speed after the weakest and the hardest kick, and its speed upwards after the highest. */
const SLOWEST = 5;
const FASTEST = 28;
const HIGHEST = 10;
/** From this on `kick` is yes. */
const KICKS = 0.5;

/** The action with its parts in their ranges; throws `action/continuous`. */
export function checkContinuous(action: Action): ContinuousAction {
  if (typeof action === "object") {
    const { direction, power, loft, kick } = action;
    const pair = Array.isArray(direction) && direction.length === 2 && direction.every((v) => within(v, -1));
    if (pair && [power, loft, kick].every((value) => within(value, 0))) return action;
  }
  throw new TouchlineError(
    "action/continuous",
    "The action is not one of the continuous set; expected { direction: [x, y] with both from -1 to 1, power, " +
      "loft and kick from 0 to 1 }.",
  );
}

export function wantsKick({ direction, power, kick }: ContinuousAction): boolean {
  return kick >= KICKS && power > 0 && length(direction[0], direction[1]) > 1e-6;
}

/** Full length is a sprint. A kick goes where the direction points. */
export function continuousIntent(match: Match, me: Player, action: ContinuousAction, kicks: boolean): Intent {
  const intent = idleIntent();
  const sign = attackSign(me.team);
  const size = length(action.direction[0], action.direction[1]);
  if (size < 1e-6) return intent;
  const [x, y] = [(sign * action.direction[0]) / size, (sign * action.direction[1]) / size];
  const share = Math.min(1, size);
  // -0 becomes 0: a recorded action comes back from its file without that sign, and states are compared bit by bit.
  intent.moveX = x * share + 0;
  intent.moveY = y * share + 0;
  intent.gait = SPRINT;
  if (kicks) {
    const speed = SLOWEST + (FASTEST - SLOWEST) * action.power;
    const { ball } = match;
    const z = HIGHEST * action.loft;
    intent.kick = { kind: "free", x: ball.x + x * speed, y: ball.y + y * speed, z, receiver: -1 };
  }
  return intent;
}

function within(value: unknown, low: number): boolean {
  return typeof value === "number" && value >= low && value <= 1;
}
