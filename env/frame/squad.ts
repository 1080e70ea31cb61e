/** @file All figures of a scene, those in front over those behind, with the marks of who is under control. */
import { clamp, turnOf } from "../math.ts";
import { arrowStamp, bodyStamp, limbStamp, markStamp } from "./figure.ts";
import type { FrameOptions } from "./frame.ts";
import { kitOf } from "./kit.ts";
import { directions, press, type Stamp } from "./raster/index.ts";
import { POSES, type Lineup, type Pose, type Scene } from "./scene.ts";
import { pixelX, pixelY, type Shot, type View } from "./view.ts";

const DIRECTIONS = 32;
const compass = directions(DIRECTIONS);

/** The drawn direction that is nearest to a facing in 256 parts of a turn. */
function nearestDirection(facing: number): number {
  return ((facing + 128 / DIRECTIONS) >> 3) & (DIRECTIONS - 1);
}

/** A function that paints the figures of a scene. */
export function makeSquad(
  lineup: Lineup,
  view: View,
  options: FrameOptions,
): (shot: Shot, scene: Scene) => void {
  const { figureRadius: radius, phases } = view;
  const bodies = lineup.players.map((player) => bodyStamp(player, radius, phases, options.numbers));
  const limbs = makeLimbs(lineup, view);
  const mark = markStamp(radius, phases);
  const arrows: Stamp[] = [];
  const order = Int32Array.from(lineup.players, (_, i) => i);

  const paintArrow = ({ surface, clip }: Shot, x: number, y: number): void => {
    const inset = radius * 1.5;
    const atX = clamp(x, clip.left + inset, clip.right - inset);
    const atY = clamp(y, clip.top + inset, clip.bottom - inset);
    const direction = nearestDirection(turnOf(x - atX, y - atY));
    press(surface, (arrows[direction] ??= arrowStamp(compass[direction]!, radius)), atX, atY, clip);
  };

  return (shot, { figures }) => {
    const { surface, clip } = shot;
    sortFrontLast(order, figures, options.marks);
    for (const i of order) {
      const figure = figures[i]!;
      if (figure.sentOff || figure.hidden) continue;
      let x = pixelX(view, shot, figure.x);
      let y = pixelY(view, shot, figure.y);
      if (!view.follows) {
        x = clamp(x, clip.left + radius, clip.right - radius);
        y = clamp(y, clip.top + radius, clip.bottom - radius);
      }
      if (figure.controlled && options.marks) press(surface, mark, x, y, clip);
      if (options.facing || figure.pose !== "upright") {
        press(surface, limbs(i, figure.pose, nearestDirection(figure.facing)), x, y, clip);
      }
      press(surface, bodies[i]!, x, y, clip);
    }
    if (!options.marks || !view.follows) return;
    for (const figure of figures) {
      if (!figure.controlled || figure.sentOff || figure.hidden) continue;
      const x = pixelX(view, shot, figure.x);
      const y = pixelY(view, shot, figure.y);
      if (x < clip.left || x >= clip.right || y < clip.top || y >= clip.bottom) paintArrow(shot, x, y);
    }
  };
}

/** Players of the same kit share their limbs. */
function makeLimbs({ players }: Lineup, { figureRadius, phases }: View) {
  const stamps: Stamp[] = [];
  return (player: number, pose: Pose, direction: number): Stamp => {
    const { team, keeper } = players[player]!;
    const key = ((team * 2 + Number(keeper)) * POSES.length + POSES.indexOf(pose)) * DIRECTIONS + direction;
    return (stamps[key] ??= limbStamp(
      kitOf({ team, keeper }),
      pose,
      compass[direction]!,
      figureRadius,
      phases,
    ));
  };
}

/** Orders lineup indices by who is in front: the marked last, then the lower in the picture, then by index. */
function sortFrontLast(order: Int32Array, figures: Scene["figures"], marks: boolean): void {
  const before = (a: number, b: number): boolean => {
    const first = figures[a]!;
    const second = figures[b]!;
    if (marks && first.controlled !== second.controlled) return second.controlled;
    return first.y === second.y ? a < b : first.y < second.y;
  };
  // Insertion: hardly anything changes between two frames, and the order is total, so the start does not matter.
  for (let i = 1; i < order.length; i++) {
    const moved = order[i]!;
    let at = i;
    for (; at > 0 && before(moved, order[at - 1]!); at--) order[at] = order[at - 1]!;
    order[at] = moved;
  }
}
