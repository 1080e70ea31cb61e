/** @file Where everything was when an agent looked, as ghosts over where it is now, with the way that it has gone since. */
import type { Container, Sprite, Texture } from "pixi.js";
import { kitOf } from "../../../env/frame/index.ts";
import type { Lineup, PlayerSheet } from "../../../env/frame/index.ts";
import type { Moment, Sight } from "../../player/index.ts";
import { circle, css, outline } from "./token.ts";
import type { Token } from "./token.ts";
import type { View } from "./view.ts";

export interface Ghosts {
  figures: readonly Ghost[];
  ball: Ghost;
}

interface Ghost {
  shape: Sprite;
  way: Sprite;
}

type Add = (layer: Container, texture: Texture) => Sprite;

/** The length in pixels of the picture of a way; it is drawn out to what it has to be. */
const WAY = 64;

export function makeGhosts(
  layer: Container,
  lineup: Lineup,
  view: View,
  add: Add,
  picture: (token: Token) => Texture,
): Ghosts {
  const line = picture(way());
  const ghost = (texture: Texture): Ghost => {
    const parts = { way: add(layer, line), shape: add(layer, texture) };
    parts.way.anchor.set(0, 0.5);
    parts.way.visible = parts.shape.visible = false;
    return parts;
  };
  return {
    figures: lineup.players.map((sheet) => ghost(picture(shape(sheet, view.figure)))),
    ball: ghost(picture(spot(Math.max(3, view.figure * 0.42)))),
  };
}

export function placeGhosts(
  ghosts: Ghosts,
  moment: Moment,
  sight: Sight | undefined,
  { players }: Lineup,
  view: View,
): void {
  // Its side sees everything turned so that it attacks to the right.
  const turn = players[sight?.player ?? 0]?.team === 1 ? -1 : 1;
  const set = ({ shape, way }: Ghost, was: Place | undefined, is: Place, hidden: boolean): void => {
    const from = was && { x: view.x(turn * was.x), y: view.y(turn * was.y) };
    const to = { x: view.x(is.x), y: view.y(is.y) };
    const length = from === undefined ? 0 : Math.hypot(to.x - from.x, to.y - from.y);
    shape.visible = way.visible = !hidden && length > 2;
    if (from === undefined || !shape.visible) return;
    shape.position.set(from.x, from.y);
    way.position.set(from.x, from.y);
    way.rotation = Math.atan2(to.y - from.y, to.x - from.x);
    way.scale.set(length / WAY, 1);
  };
  ghosts.figures.forEach((ghost, i) => {
    const figure = sight?.scene.figures[i];
    const sentOff = moment.scene.figures[i]?.sentOff ?? true;
    set(ghost, figure, { x: moment.x[i]!, y: moment.y[i]! }, sentOff);
  });
  set(ghosts.ball, sight?.scene.ball, moment.ball, false);
}

interface Place {
  x: number;
  y: number;
}

function shape(sheet: PlayerSheet, radius: number): Token {
  const kit = kitOf(sheet);
  return {
    radius: radius + 2,
    draw(context) {
      outline(context, sheet.team, radius - 1);
      context.fillStyle = css(kit.shirt, 0.34);
      context.fill();
      context.strokeStyle = "rgb(255 255 255 / 0.85)";
      context.lineWidth = Math.max(1.2, radius * 0.14);
      context.setLineDash([radius * 0.42, radius * 0.3]);
      context.stroke();
    },
  };
}

function spot(radius: number): Token {
  return {
    radius: radius + 2,
    draw(context) {
      circle(context, 0, 0, radius);
      context.fillStyle = "rgb(255 255 255 / 0.4)";
      context.fill();
      context.strokeStyle = "#fff";
      context.lineWidth = 1.2;
      context.stroke();
    },
  };
}

function way(): Token {
  return {
    radius: WAY / 2,
    draw(context) {
      context.fillStyle = "rgb(255 255 255 / 0.62)";
      context.fillRect(-WAY / 2, -0.8, WAY, 1.6);
    },
  };
}
