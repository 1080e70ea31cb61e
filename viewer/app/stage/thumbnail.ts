/** @file A match the size of a stamp: the lines, a dot for each player, the ball. */
import { kitOf, marksOf } from "../../../env/frame/index.ts";
import type { Lineup } from "../../../env/frame/index.ts";
import { css } from "./token.ts";

/** Room around the lines, in CSS pixels. */
const MARGIN = 5;

/** What of a scene, or of a tile of the wall, a small picture shows. */
export interface Seen {
  half?: number;
  ball: { x: number; y: number };
  figures: readonly { x: number; y: number; sentOff: boolean }[];
}

export function paintThumbnail(canvas: HTMLCanvasElement, lineup: Lineup, scene: Seen | undefined): void {
  const density = Math.min(3, devicePixelRatio || 1);
  const { clientWidth: width, clientHeight: height } = canvas;
  if (canvas.width !== Math.round(width * density) || canvas.height !== Math.round(height * density)) {
    canvas.width = Math.round(width * density);
    canvas.height = Math.round(height * density);
  }
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.setTransform(density, 0, 0, density, 0, 0);
  const { halfLength, halfWidth, goalHalfWidth } = lineup.pitch;
  const { circle, penaltyArea } = marksOf(lineup.pitch);
  const scale = Math.min((width - 2 * MARGIN) / (2 * halfLength), (height - 2 * MARGIN) / (2 * halfWidth));
  const x = (centimetres: number) => width / 2 + centimetres * scale;
  const y = (centimetres: number) => height / 2 + centimetres * scale;
  context.fillStyle = "#277a43";
  context.fillRect(0, 0, width, height);
  context.fillStyle = "rgba(255, 255, 255, 0.05)";
  for (let i = 0; i < 10; i += 2) context.fillRect((i * width) / 10, 0, width / 10, height);
  context.strokeStyle = "rgba(255, 255, 255, 0.55)";
  context.lineWidth = 1;
  context.strokeRect(x(-halfLength), y(-halfWidth), 2 * halfLength * scale, 2 * halfWidth * scale);
  context.beginPath();
  context.moveTo(x(0), y(-halfWidth));
  context.lineTo(x(0), y(halfWidth));
  context.moveTo(x(0) + circle * scale, y(0));
  context.arc(x(0), y(0), circle * scale, 0, Math.PI * 2);
  for (const side of [-1, 1]) {
    context.rect(
      x(side * halfLength),
      y(-penaltyArea.halfWidth),
      -side * penaltyArea.depth * scale,
      2 * penaltyArea.halfWidth * scale,
    );
  }
  context.stroke();
  context.fillStyle = "#fff";
  for (const side of [-1, 1]) {
    context.fillRect(
      x(side * halfLength) - (side < 0 ? 2 : 0),
      y(-goalHalfWidth),
      2,
      2 * goalHalfWidth * scale,
    );
  }
  if (scene === undefined) return;
  // The teams change ends at half-time.
  const turn = scene.half === 2 ? -1 : 1;
  scene.figures.forEach((figure, i) => {
    if (figure.sentOff) return;
    const sheet = lineup.players[i]!;
    const kit = kitOf(sheet);
    const sign = sheet.team === 0 ? disc : square;
    context.fillStyle = css(kit.rim);
    sign(context, x(turn * figure.x), y(turn * figure.y), 2.9);
    context.fillStyle = css(kit.shirt);
    sign(context, x(turn * figure.x), y(turn * figure.y), 2.2);
  });
  context.fillStyle = "rgba(0, 20, 10, 0.8)";
  disc(context, x(turn * scene.ball.x), y(turn * scene.ball.y), 2.1);
  context.fillStyle = "#fff";
  disc(context, x(turn * scene.ball.x), y(turn * scene.ball.y), 1.5);
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.fill();
}

function square(context: CanvasRenderingContext2D, x: number, y: number, half: number): void {
  context.fillRect(x - half * 0.92, y - half * 0.92, half * 1.84, half * 1.84);
}
