/** @file What the laws draw over the grass: the distance to keep at a set piece, the offside line, who was flagged. */
import { Container } from "pixi.js";
import type { Sprite, Texture } from "pixi.js";
import type { Lineup, PitchSize } from "../../../env/frame/index.ts";
import { distanceToKeep } from "../../player/index.ts";
import type { Moment, OffsideFlag } from "../../player/index.ts";
import { circle } from "./token.ts";
import type { Token } from "./token.ts";
import type { View } from "./view.ts";

/** The colours of the referees' line and flag: none that a team wears. */
const LINE = "#ff5df0";
const FLAG = "#ff5df0";

export interface Marks {
  pitch: PitchSize;
  distances: Map<number, Sprite>;
  line: Sprite;
  /** Around who was offside, and where he stood when the ball was played. */
  flagged: Sprite;
  spot: Sprite;
}

type Add = (layer: Container, texture: Texture) => Sprite;

const SET_PIECES = ["free-kick", "throw-in"] as const;

/** The marks, hidden, in a layer of their own. */
export function makeMarks(
  layer: Container,
  lineup: Lineup,
  view: View,
  add: Add,
  picture: (token: Token) => Texture,
): Marks {
  const hidden = (token: Token): Sprite => {
    const sprite = add(layer, picture(token));
    sprite.visible = false;
    return sprite;
  };
  const { pitch } = lineup;
  const distances = SET_PIECES.map((mode) => distanceToKeep(mode, pitch)!);
  return {
    pitch,
    distances: new Map(
      distances.map((distance) => [distance, hidden(distanceRing(distance * view.scale))] as const),
    ),
    line: hidden(dashes(pitch.halfWidth * view.scale)),
    flagged: hidden(flagRing(view.figure)),
    spot: hidden(cross(view.figure * 0.55)),
  };
}

export function placeMarks(
  marks: Marks,
  moment: Moment,
  offside: { line: number; flag: OffsideFlag | undefined } | undefined,
  view: View,
): void {
  const wanted = distanceToKeep(moment.scene.mode, marks.pitch);
  for (const [distance, sprite] of marks.distances) {
    sprite.visible = distance === wanted;
    sprite.position.set(view.x(moment.scene.ball.x), view.y(moment.scene.ball.y));
  }
  const { line, flagged, spot } = marks;
  line.visible = offside !== undefined;
  if (offside !== undefined) line.position.set(view.x(offside.line), view.y(0));
  const flag = offside?.flag;
  const x = flag === undefined ? undefined : moment.x[flag.player];
  flagged.visible = spot.visible = x !== undefined;
  if (flag === undefined || x === undefined) return;
  flagged.position.set(view.x(x), view.y(moment.y[flag.player] ?? 0));
  spot.position.set(view.x(flag.spot.x), view.y(flag.spot.y));
}

function distanceRing(radius: number): Token {
  return {
    radius: radius + 2,
    draw(context) {
      context.fillStyle = "rgba(255, 255, 255, 0.06)";
      circle(context, 0, 0, radius);
      context.fill();
      context.strokeStyle = "rgba(255, 255, 255, 0.8)";
      context.lineWidth = 1.5;
      context.setLineDash([5, 6]);
      context.stroke();
    },
  };
}

/** Across the whole pitch, with a dark edge so that it shows on light and dark grass. */
function dashes(half: number): Token {
  return {
    radius: half,
    draw(context) {
      for (const [style, width] of [
        ["rgba(0, 18, 10, 0.5)", 4],
        [LINE, 2],
      ] as const) {
        context.strokeStyle = style;
        context.lineWidth = width;
        context.setLineDash([10, 6]);
        context.beginPath();
        context.moveTo(0, -half);
        context.lineTo(0, half);
        context.stroke();
      }
    },
  };
}

function flagRing(radius: number): Token {
  return {
    radius: radius * 2.1,
    draw(context) {
      circle(context, 0, 0, radius * 1.75);
      context.strokeStyle = "rgba(0, 18, 10, 0.6)";
      context.lineWidth = Math.max(3.5, radius * 0.45);
      context.stroke();
      context.strokeStyle = FLAG;
      context.lineWidth = Math.max(2, radius * 0.25);
      context.stroke();
    },
  };
}

function cross(reach: number): Token {
  return {
    radius: reach + 3,
    draw(context) {
      context.lineCap = "round";
      for (const [style, width] of [
        ["rgba(0, 18, 10, 0.6)", 4.5],
        [FLAG, 2.5],
      ] as const) {
        context.strokeStyle = style;
        context.lineWidth = width;
        context.beginPath();
        context.moveTo(-reach, -reach);
        context.lineTo(reach, reach);
        context.moveTo(reach, -reach);
        context.lineTo(-reach, reach);
        context.stroke();
      }
    },
  };
}
