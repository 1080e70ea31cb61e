/** @file What moves over the pitch, drawn once at the size of the picture: shirts, limbs, shadows, rings, the ball. */
import { kitOf } from "../../../env/frame/index.ts";
import type { Kit, PlayerSheet } from "../../../env/frame/index.ts";

type Context = CanvasRenderingContext2D;
type Colour = readonly [number, number, number];

export const NUMBER_FONT = "Barlow Condensed";
/** The mark of who is under control, by team; the left one's is the agent's own in its frame. */
const CONTROL = ["#ffe45c", "#8fe4ff"] as const;
/** Cards as referees show them. */
const YELLOW_CARD = "#ffd60a";

/** Draws around the middle of a square of `radius`; the context is in CSS pixels. */
export interface Token {
  radius: number;
  draw(context: Context): void;
}

export function css([r, g, b]: Colour, alpha = 1): string {
  return `rgb(${r} ${g} ${b} / ${alpha})`;
}

function mix(colour: Colour, other: number, share: number): string {
  const [r, g, b] = colour.map((value) => Math.round(value + (other - value) * share));
  return `rgb(${r} ${g} ${b})`;
}

/** The outline of a shirt. The teams differ in it as well as in colour and pattern: round, and nearly square. */
export function outline(context: Context, team: 0 | 1, radius: number): void {
  if (team === 0) return circle(context, 0, 0, radius);
  const half = radius * 0.92;
  context.beginPath();
  context.roundRect(-half, -half, 2 * half, 2 * half, radius * 0.34);
}

/** The shirt with its number, seen from above. It does not turn, so the number can always be read. */
export function shirt(player: PlayerSheet, radius: number): Token {
  const kit = kitOf(player);
  return {
    radius: radius + 1,
    draw(context) {
      const light = context.createRadialGradient(-radius * 0.35, -radius * 0.45, radius * 0.1, 0, 0, radius);
      light.addColorStop(0, mix(kit.shirt, 255, 0.22));
      light.addColorStop(0.6, css(kit.shirt));
      light.addColorStop(1, mix(kit.shirt, 0, 0.28));
      context.fillStyle = light;
      outline(context, player.team, radius);
      context.fill();
      if (kit.stripe !== undefined) paintStripes(context, kit.stripe, player.team, radius);
      context.strokeStyle = css(kit.rim, 0.95);
      context.lineWidth = Math.max(1, radius * 0.12);
      outline(context, player.team, radius - context.lineWidth / 2);
      context.stroke();
      paintNumber(context, player.number, kit, radius);
    },
  };
}

/** Bands above and below the number, as in the agent's frame. */
function paintStripes(context: Context, stripe: Colour, team: 0 | 1, radius: number): void {
  context.save();
  outline(context, team, radius);
  context.clip();
  context.fillStyle = css(stripe, 0.94);
  context.fillRect(-radius, -radius, radius * 2, radius * 0.4);
  context.fillRect(-radius, radius * 0.6, radius * 2, radius * 0.4);
  context.restore();
}

function paintNumber(context: Context, number: number, kit: Kit, radius: number): void {
  const size = Math.max(8, radius * 1.28);
  context.font = `600 ${size}px "${NUMBER_FONT}", "Arial Narrow", sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.fillStyle = css(kit.number);
  // Centred by the height of the digits themselves.
  const { actualBoundingBoxAscent: ascent, actualBoundingBoxDescent: descent } = context.measureText("0");
  context.fillText(String(number), 0, (ascent - descent) / 2);
}

/** Shoulders and the direction of the nose, to the right; turned with the player. */
export function shoulders(player: PlayerSheet, radius: number): Token {
  const kit = kitOf(player);
  return {
    radius: radius * 1.75,
    draw(context) {
      context.fillStyle = css(kit.rim);
      context.strokeStyle = "rgba(0, 24, 12, 0.55)";
      context.lineWidth = Math.max(0.75, radius * 0.07);
      context.lineJoin = "round";
      context.beginPath();
      context.moveTo(radius * 1.52, 0);
      context.lineTo(radius * 0.86, radius * 0.6);
      context.lineTo(radius * 0.86, -radius * 0.6);
      context.closePath();
      context.stroke();
      context.fill();
    },
  };
}

/** Arms held out in front, around a ball. */
export function holding(player: PlayerSheet, radius: number): Token {
  const kit = kitOf(player);
  return {
    radius: radius * 1.75,
    draw(context) {
      for (const side of [-1, 1])
        limb(context, kit, [0.5, 0.75 * side], [1.35, 0.35 * side], 0.42, radius, kit.shirt);
    },
  };
}

/** Feet first to the right. */
export function sliding(player: PlayerSheet, radius: number): Token {
  const kit = kitOf(player);
  return {
    radius: radius * 2.7,
    draw(context) {
      limb(context, kit, [-1.1, 0], [0.2, 0], 1, radius, kit.shirt);
      for (const side of [-1, 1])
        limb(context, kit, [0.3, 0.36 * side], [1.9, 0.26 * side], 0.42, radius, [236, 240, 236]);
      limb(context, kit, [1.9, -0.26], [2.15, -0.26], 0.42, radius, [24, 28, 36]);
      limb(context, kit, [1.9, 0.26], [2.15, 0.26], 0.42, radius, [24, 28, 36]);
    },
  };
}

/** Arms first to the right, at full stretch. */
export function diving(player: PlayerSheet, radius: number): Token {
  const kit = kitOf(player);
  return {
    radius: radius * 2.7,
    draw(context) {
      for (const side of [-1, 1]) {
        limb(context, kit, [-0.7, 0.3 * side], [-1.9, 0.42 * side], 0.4, radius, [236, 240, 236]);
        limb(context, kit, [0.6, 0.42 * side], [1.75, 0.34 * side], 0.4, radius, kit.shirt);
        limb(context, kit, [1.8, 0.34 * side], [2.05, 0.32 * side], 0.5, radius, [250, 250, 250]);
      }
      limb(context, kit, [-0.8, 0], [0.5, 0], 1.05, radius, kit.shirt);
    },
  };
}

function limb(
  context: Context,
  kit: Kit,
  from: readonly [number, number],
  to: readonly [number, number],
  width: number,
  radius: number,
  colour: Colour,
): void {
  context.lineCap = "round";
  for (const [style, extra] of [
    [css(kit.rim, 0.9), Math.max(1.5, radius * 0.2)],
    [css(colour), 0],
  ] as const) {
    context.strokeStyle = style;
    context.lineWidth = width * radius + extra;
    context.beginPath();
    context.moveTo(from[0] * radius, from[1] * radius);
    context.lineTo(to[0] * radius, to[1] * radius);
    context.stroke();
  }
}

/** A soft dark spot: shadows of players and of the ball. */
export function shadow(radius: number): Token {
  return {
    radius: radius * 1.5,
    draw(context) {
      const soft = context.createRadialGradient(0, 0, radius * 0.3, 0, 0, radius * 1.45);
      soft.addColorStop(0, "rgba(0, 22, 10, 0.62)");
      soft.addColorStop(0.55, "rgba(0, 22, 10, 0.34)");
      soft.addColorStop(1, "rgba(0, 22, 10, 0)");
      context.fillStyle = soft;
      circle(context, 0, 0, radius * 1.5);
      context.fill();
    },
  };
}

/** Under the player who has the ball. */
export function glow(radius: number): Token {
  return {
    radius: radius * 2.4,
    draw(context) {
      const soft = context.createRadialGradient(0, 0, radius * 0.9, 0, 0, radius * 2.3);
      soft.addColorStop(0, "rgba(255, 255, 255, 0.5)");
      soft.addColorStop(1, "rgba(255, 255, 255, 0)");
      context.fillStyle = soft;
      circle(context, 0, 0, radius * 2.4);
      context.fill();
    },
  };
}

/** Around a player under a policy's control. */
export function ring(team: 0 | 1, radius: number): Token {
  return {
    radius: radius * 1.8,
    draw(context) {
      context.strokeStyle = "rgba(0, 22, 10, 0.45)";
      context.lineWidth = Math.max(3, radius * 0.42);
      circle(context, 0, 0, radius * 1.36);
      context.stroke();
      context.strokeStyle = CONTROL[team];
      context.lineWidth = Math.max(2, radius * 0.24);
      circle(context, 0, 0, radius * 1.36);
      context.stroke();
    },
  };
}

/** At the upper right of a player who is booked. */
export function card(radius: number): Token {
  return {
    radius: radius * 1.6,
    draw(context) {
      const [width, height] = [Math.max(4.5, radius * 0.56), Math.max(6, radius * 0.8)];
      context.translate(radius * 0.95, -radius * 0.85);
      context.rotate(0.2);
      context.fillStyle = YELLOW_CARD;
      context.strokeStyle = "rgba(20, 16, 0, 0.9)";
      context.lineWidth = Math.max(1, radius * 0.1);
      context.beginPath();
      context.roundRect(-width / 2, -height / 2, width, height, 1);
      context.fill();
      context.stroke();
    },
  };
}

export function ball(radius: number): Token {
  return {
    radius: radius + 1.5,
    draw(context) {
      const light = context.createRadialGradient(
        -radius * 0.35,
        -radius * 0.4,
        radius * 0.1,
        0,
        0,
        radius * 1.05,
      );
      light.addColorStop(0, "#ffffff");
      light.addColorStop(0.65, "#f3f4f1");
      light.addColorStop(1, "#b9c0bb");
      context.fillStyle = light;
      circle(context, 0, 0, radius);
      context.fill();
      context.strokeStyle = "rgba(8, 20, 14, 0.9)";
      context.lineWidth = Math.max(0.9, radius * 0.16);
      context.stroke();
      context.fillStyle = "rgba(20, 28, 24, 0.85)";
      for (let i = 0; i < 5; i++) {
        const angle = (i / 5) * Math.PI * 2 - Math.PI / 2;
        circle(context, Math.cos(angle) * radius * 0.72, Math.sin(angle) * radius * 0.72, radius * 0.16);
        context.fill();
      }
      circle(context, 0, 0, radius * 0.24);
      context.fill();
    },
  };
}

/** One of the dots that a ball leaves behind. */
export function dot(radius: number): Token {
  return {
    radius,
    draw(context) {
      const soft = context.createRadialGradient(0, 0, 0, 0, 0, radius);
      soft.addColorStop(0, "rgba(255, 255, 255, 0.9)");
      soft.addColorStop(1, "rgba(255, 255, 255, 0)");
      context.fillStyle = soft;
      circle(context, 0, 0, radius);
      context.fill();
    },
  };
}

export function circle(context: Context, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
}
