/** @file Small questions of geometry, in words or drawn, with their answers. The same number gives the same question. */
import sharp from "sharp";
import { integer, makeRandom, type Random } from "../../env/random.ts";

export interface GeometryQuestion {
  /** What is asked, with all that it takes. */
  inWords: string;
  /** What is asked of the picture, which shows the rest. */
  ofPicture: string;
  svg: string;
  think: string;
  answer: string;
}

const SIDE = 168;

const KINDS: readonly ((random: Random) => GeometryQuestion)[] = [thirdAngle, diameter, otherAngle];

export function geometryQuestion(seed: number): GeometryQuestion {
  const random = makeRandom(seed, 7);
  return KINDS[integer(random, KINDS.length)]!(random);
}

/** PNG. */
export async function draw({ svg }: GeometryQuestion): Promise<Buffer> {
  const page = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}"><rect width="100%" height="100%" fill="white"/>${svg}</svg>`;
  return sharp(Buffer.from(page)).png().toBuffer();
}

/** Two angles of a triangle are given. */
function thirdAngle(random: Random): GeometryQuestion {
  const [a, b] = [10 * (3 + integer(random, 5)), 10 * (3 + integer(random, 5))];
  const c = 180 - a - b;
  // The side between the two lies below; the third corner where their sides meet.
  const [left, base] = [20, 128];
  const [tanA, tanB] = [Math.tan((a * Math.PI) / 180), Math.tan((b * Math.PI) / 180)];
  const x = (base * tanB) / (tanA + tanB);
  const corner = { x: left + x, y: 145 - Math.min(x * tanA, 125) };
  return {
    inWords: `In a triangle the angle A is ${a} degrees and the angle B is ${b} degrees. How many degrees has the angle C?`,
    ofPicture: "How many degrees has the angle C?",
    svg:
      lines([left, 145], [left + base, 145], [corner.x, corner.y]) +
      label(left + 2, 162, `A ${a}`) +
      label(left + base - 34, 162, `B ${b}`) +
      label(corner.x - 4, Math.max(14, corner.y - 5), "C"),
    think: `180 - ${a} - ${b} = ${c}.`,
    answer: `$${c}$`,
  };
}

function diameter(random: Random): GeometryQuestion {
  const radius = 2 + integer(random, 18);
  return {
    inWords: `A circle has the radius ${radius}. How long is its diameter?`,
    ofPicture: "How long is the diameter of the circle?",
    svg:
      `<circle cx="84" cy="84" r="${24 + 2 * radius}" ${INK}/>` +
      lines([84, 84], [84 + 24 + 2 * radius, 84]) +
      label(86, 78, String(radius)),
    think: `2 * ${radius} = ${2 * radius}.`,
    answer: `$${2 * radius}$`,
  };
}

/** Two angles that make a straight one. */
function otherAngle(random: Random): GeometryQuestion {
  const a = 10 * (2 + integer(random, 15));
  const turned = (a * Math.PI) / 180;
  return {
    inWords: `Two angles lie beside each other on a straight line. One has ${a} degrees. How many has the other?`,
    ofPicture: "How many degrees has the angle x?",
    svg:
      lines([10, 120], [158, 120]) +
      lines([84, 120], [84 + 80 * Math.cos(turned), 120 - 80 * Math.sin(turned)]) +
      label(112, 140, String(a)) +
      label(40, 140, "x"),
    think: `180 - ${a} = ${180 - a}.`,
    answer: `$${180 - a}$`,
  };
}

const INK = 'fill="none" stroke="black" stroke-width="2"';

function lines(...points: readonly (readonly [number, number])[]): string {
  const path = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
  return `<polygon points="${path}" ${INK}/>`;
}

function label(x: number, y: number, text: string): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-family="sans-serif" font-size="15">${text}</text>`;
}
