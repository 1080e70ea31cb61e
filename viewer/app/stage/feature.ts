/** @file What a scenario adds to the ground: coloured zones and obstacles, on a picture of its own that turns with the ends. */
import { Sprite, type Texture } from "pixi.js";
import type { Lineup } from "../../../env/frame/index.ts";
import type { View } from "./view.ts";

const COLOURS = { blue: "#4f8dff", orange: "#ffa12e", pink: "#ff62b8", white: "#f4fbf4" } as const;

export function hasFeatures({ zones, obstacles }: Lineup): boolean {
  return zones !== undefined || obstacles !== undefined;
}

export function paintFeatures(
  context: CanvasRenderingContext2D,
  { zones = [], obstacles = [] }: Lineup,
  view: View,
): void {
  const { scale } = view;
  for (const { x, y, halfLength, halfWidth, colour } of zones) {
    const box = [
      view.x(x - halfLength),
      view.y(y - halfWidth),
      2 * halfLength * scale,
      2 * halfWidth * scale,
    ] as const;
    context.fillStyle = COLOURS[colour];
    context.globalAlpha = 0.26;
    context.fillRect(...box);
    context.globalAlpha = 0.9;
    context.lineWidth = 1.5;
    context.strokeStyle = COLOURS[colour];
    context.strokeRect(...box);
  }
  context.globalAlpha = 1;
  for (const { x, y, radius, halfLength = 0, halfWidth = 0 } of obstacles) {
    context.beginPath();
    if (radius !== undefined) context.arc(view.x(x), view.y(y), Math.max(3, radius * scale), 0, Math.PI * 2);
    else {
      const [length, width] = [Math.max(2, 2 * halfLength * scale), Math.max(2, 2 * halfWidth * scale)];
      context.rect(view.x(x) - length / 2, view.y(y) - width / 2, length, width);
    }
    context.fillStyle = "#e6c243";
    context.fill();
    context.lineWidth = 1.5;
    context.strokeStyle = "#2c2632";
    context.stroke();
  }
}

/** Turns about the centre spot. */
export function featureSprite(texture: Texture, view: View): Sprite {
  const sprite = new Sprite(texture);
  sprite.pivot.set(view.x(0), view.y(0));
  sprite.position.set(view.x(0), view.y(0));
  return sprite;
}
