/** @file Law 11 as a picture: where the offside line is at a moment, and who has just been flagged. */
import type { Lineup, Scene } from "../../env/frame/scene.ts";
import { lastEventAt } from "./event-at.ts";
import { momentAt, type Moment } from "./moment.ts";
import type { Timeline } from "./timeline.ts";

/** A moment, or as much of one as the line needs. */
export type Places = Pick<Moment, "scene" | "x" | "ball">;

/**
 * Where the line is for an attacking team, in centimetres along the pitch: at the second last opponent, or the
 * ball, or the halfway line, whichever is nearest to the goal line. Undefined when fewer than two opponents are
 * left: then nobody can be offside.
 */
export function offsideLine({ scene, x, ball }: Places, lineup: Lineup, team: 0 | 1): number | undefined {
  const sign = team === 0 ? 1 : -1;
  const depths = lineup.players
    .flatMap((player, i) =>
      player.team === team || scene.figures[i]?.sentOff !== false ? [] : [sign * (x[i] ?? 0)],
    )
    .sort((a, b) => b - a);
  const secondLast = depths[1];
  return secondLast === undefined ? undefined : sign * Math.max(secondLast, sign * ball.x, 0);
}

/** A pass is over by then. */
const LOOK_BACK = 40;

/** The team that attacks: whoever has the ball, had it last, or is about to bring it back into play. */
export function attackingTeam(timeline: Timeline, index: number, lineup: Lineup): 0 | 1 | undefined {
  for (let at = index; at >= Math.max(0, index - LOOK_BACK); at--) {
    const scene: Scene | undefined = timeline.scene(at);
    if (scene === undefined) return undefined;
    if (scene.restartTeam !== -1) return scene.restartTeam;
    const owner = lineup.players[scene.owner];
    if (owner !== undefined) return owner.team;
  }
  return undefined;
}

export interface OffsideFlag {
  /** Lineup index of who was offside. */
  player: number;
  /** When the ball was played to him: where the line was and where he stood, in centimetres. */
  line: number;
  spot: { x: number; y: number };
}

/** How long an offside is shown, in scenes of 0.1 s. */
const FLAG_SCENES = 30;
const PLAYED: ReadonlySet<string> = new Set(["pass", "shot", "clearance", "free-kick", "kick-off"]);

/** The offside that has been given within the last seconds. */
export function flagAt(
  timeline: Timeline,
  tick: number,
  lineup: Lineup,
  ticksPerScene: number,
): OffsideFlag | undefined {
  const { events } = timeline;
  const since = tick - FLAG_SCENES * ticksPerScene;
  const last = lastEventAt(events, tick, ({ kind }) => kind === "offside", since);
  const given = events[last];
  if (given === undefined) return undefined;
  const { player, team } = given;
  const played = events.findLast((event, i) => i < last && event.team === team && PLAYED.has(event.kind));
  const moment = momentAt(timeline, played?.tick ?? given.tick, ticksPerScene);
  const line = moment === undefined ? undefined : offsideLine(moment, lineup, team);
  if (moment === undefined || line === undefined) return undefined;
  return { player, line, spot: { x: moment.x[player] ?? 0, y: moment.y[player] ?? 0 } };
}
