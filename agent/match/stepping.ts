/**
 * @file How long a decision lasts: a number of steps, or as long as nothing new comes up, as in MageBench
 * (arXiv 2412.04531): a run that is asked for a second time goes on until an opponent or the edge is near, and a kick
 * until somebody has the ball again.
 */
import type { Action, ActionSet } from "../../env/football/index.ts";
import type { Lineup, Scene } from "../../env/frame/index.ts";
import type { Space } from "../../env/space.ts";
import type { DecisionSteps } from "../policy/index.ts";

/** MageBench's limits: steps of a run, and how far ahead it looks for opponents. */
const LONGEST_RUN = 10;
const AHEAD_STEPS = 6;
/** 0.01 in GRF's units, half a pitch being 1. */
const NEAR = 0.01;
/** Part of the half pitch beyond which its edge is near. */
const EDGE = 0.98;
/** Nobody waits longer for a kick to leave the foot, or for a ball that is in the air or rolls. */
const LONGEST_KICK = 10;
const LONGEST_FLIGHT = 50;

type Kind = "run" | "kick" | "other";

export class Stepper {
  readonly #steps: DecisionSteps;
  readonly #lineup: Lineup;
  #action: Action = 0;
  #name = "";
  #kind: Kind = "other";
  /** Who was under control when it was decided; after a pass that may be another. */
  #player = -1;
  #set: ActionSet = "default";
  #repeated = false;
  #lasted = 0;
  #leftFoot = 0;
  #before: Scene | undefined;

  constructor(steps: DecisionSteps, lineup: Lineup) {
    this.#steps = steps;
    this.#lineup = lineup;
  }

  /** One that goes on alike and apart. */
  copy(): Stepper {
    const copy = new Stepper(this.#steps, this.#lineup);
    copy.#action = this.#action;
    copy.#name = this.#name;
    copy.#kind = this.#kind;
    copy.#player = this.#player;
    copy.#set = this.#set;
    copy.#repeated = this.#repeated;
    copy.#lasted = this.#lasted;
    copy.#leftFoot = this.#leftFoot;
    copy.#before = this.#before;
    return copy;
  }

  /** A new decision; its action is played in the next step. */
  begin(action: Action, set: ActionSet, space: Space, player: number, look: () => Scene): void {
    const name = nameOf(action, space);
    this.#repeated = name !== "" && name === this.#name;
    this.#action = action;
    this.#name = name;
    this.#kind = kindOf(name);
    this.#player = player;
    this.#set = set;
    this.#lasted = 1;
    this.#leftFoot = 0;
    if (this.#steps === "adaptive") this.#before = look();
  }

  /** What is played in this step without asking again; undefined when it is time for a new decision. */
  next(player: number, look: () => Scene): Action | undefined {
    if (this.#lasted === 0 || this.#lasted === this.#steps) return undefined;
    if (this.#steps === "adaptive") {
      const scene = look();
      const goesOn = this.#adapts(player, scene);
      this.#before = scene;
      if (!goesOn) return undefined;
    }
    this.#lasted++;
    return this.#goingOn(player, look);
  }

  /** What goes on while the next decision is being made; undefined before the first. */
  meanwhile(): Action | undefined {
    if (this.#lasted === 0) return undefined;
    if (typeof this.#action === "object") return { ...this.#action, kick: 0 };
    return this.#kind === "run" ? this.#action : this.#set === "semantic" ? "hold" : 0;
  }

  #adapts(player: number, scene: Scene): boolean {
    if (scene.mode !== "normal") return false;
    if (this.#kind === "run") {
      return (
        this.#repeated &&
        this.#lasted < LONGEST_RUN &&
        !isDisturbed(this.#lineup, player, this.#before!, scene)
      );
    }
    if (this.#kind !== "kick") return false;
    if (this.#leftFoot > 0) return scene.owner < 0 && ++this.#leftFoot < LONGEST_FLIGHT;
    if (scene.owner === this.#player) return this.#lasted < LONGEST_KICK;
    // The kick of a player who has no ball is over at once.
    if (this.#before!.owner !== this.#player) return false;
    this.#leftFoot = 1;
    return scene.owner < 0;
  }

  #goingOn(player: number, look: () => Scene): Action {
    const action = this.#action;
    if (typeof action === "object") return { ...action, kick: 0 };
    if (this.#kind === "kick" && this.#leftFoot > 0 && this.#set === "full") return "builtin_ai";
    const hasBall = this.#kind === "kick" && look().owner === player;
    const again = this.#kind === "run" || this.#set === "semantic" || hasBall;
    // Of buttons the others are pressed once; what is held goes on by itself.
    return again ? action : 0;
  }
}

function nameOf(action: Action, space: Space): string {
  if (typeof action === "string") return action;
  return typeof action === "number" && space.kind === "discrete" ? (space.names?.[action] ?? "") : "";
}

function kindOf(name: string): Kind {
  if (/^(?:(?:run|sprint) )?(?:top|bottom|left|right)(?:[ _](?:left|right))?$/.test(name)) return "run";
  return /^(?:shot|kick|(?:short|long|high)_pass|pass_to|through_ball|lob_to|cross|clear|shoot)\b/.test(name)
    ? "kick"
    : "other";
}

/** Whether the edge is near him, or an opponent will be if both go on as they do. */
function isDisturbed(lineup: Lineup, player: number, before: Scene, scene: Scene): boolean {
  const { halfLength, halfWidth } = lineup.pitch;
  const me = motion(player, before, scene);
  if (Math.abs(me.x) > EDGE * halfLength || Math.abs(me.y) > EDGE * halfWidth) return true;
  return lineup.players.some(({ team }, other) => {
    if (team === lineup.players[player]!.team || scene.figures[other]!.sentOff) return false;
    const him = motion(other, before, scene);
    return Array.from({ length: AHEAD_STEPS }, (_, i) => i + 1).some((k) => {
      const x = him.x + k * him.dx - (me.x + k * me.dx);
      const y = him.y + k * him.dy - (me.y + k * me.dy);
      return Math.hypot(x, y) < NEAR * halfLength;
    });
  });
}

/** Where he is, and how far he came in the last step; in centimetres. */
function motion(id: number, before: Scene, scene: Scene): { x: number; y: number; dx: number; dy: number } {
  const [then, now] = [before.figures[id]!, scene.figures[id]!];
  return { x: now.x, y: now.y, dx: now.x - then.x, dy: now.y - then.y };
}
