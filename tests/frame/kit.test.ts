import { describe, expect, test } from "vitest";
import { kitOf, makePainter } from "../../env/frame/index.ts";
import { elevens, moment } from "./scenes.ts";

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** Dichromats' vision on linear RGB: Machado, Oliveira and Fernandes 2009, severity 1. */
const VISION: Record<string, Matrix> = {
  "ordinary vision": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function times(matrix: Matrix, [a, b, c]: Triple): [number, number, number] {
  const row = ([x, y, z]: Triple): number => x * a + y * b + z * c;
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
}

function linear(value: number): number {
  const v = value / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
}

function linearRgb([r, g, b]: Triple): Triple {
  return [linear(r), linear(g), linear(b)];
}

const XYZ_OF_D65: Matrix = [
  [0.4339533, 0.3762192, 0.1898276],
  [0.2126729, 0.7151522, 0.072175],
  [0.0177577, 0.1094735, 0.8727688],
];

/** CIE L*a*b* of a colour as someone of this vision sees it. */
function lab(colour: Triple, vision: Matrix): Triple {
  const [r, g, b] = times(vision, linearRgb(colour)).map((value) => Math.min(1, Math.max(0, value)));
  const [x, y, z] = times(XYZ_OF_D65, [r!, g!, b!]).map((t) =>
    t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116,
  );
  return [116 * y! - 16, 500 * (x! - y!), 200 * (y! - z!)];
}

function difference(a: Triple, b: Triple, vision: Matrix): number {
  const [l1, a1, b1] = lab(a, vision);
  const [l2, a2, b2] = lab(b, vision);
  return Math.hypot(l1 - l2, a1 - a2, b1 - b2);
}

function luminance(colour: Triple): number {
  return times(XYZ_OF_D65, linearRgb(colour))[1];
}

/** WCAG 2 contrast. */
function contrast(a: Triple, b: Triple): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
}

const frame = makePainter(elevens, { hud: false }).paint(moment({}));

function pixel(x: number, y: number): Triple {
  const i = (y * frame.width + x) * 3;
  return [frame.data[i]!, frame.data[i + 1]!, frame.data[i + 2]!];
}

const shirts: Record<string, Triple> = {
  left: kitOf({ team: 0, keeper: false }).shirt,
  right: kitOf({ team: 1, keeper: false }).shirt,
  "left keeper": kitOf({ team: 0, keeper: true }).shirt,
  "right keeper": kitOf({ team: 1, keeper: true }).shirt,
};
/** Two neighbouring stripes of the mower in an empty corner of the pitch. */
const grass = { "light grass": pixel(60, 20), "dark grass": pixel(82, 20) };
const ball: Triple = [255, 255, 255];

describe.each(Object.entries(VISION))("with %s", (_, vision) => {
  const colours = Object.entries({ ...shirts, ...grass, ball });
  const pairs = colours.flatMap(([a, first], i) =>
    colours.slice(i + 1).map(([b, second]) => [a, b, first, second] as const),
  );

  test.each(pairs.filter(([a]) => !a.endsWith("grass")))(
    "%s and %s are told apart",
    (_, __, first, second) => {
      // A difference of 2.3 can just be noticed; 25 is plain at a glance, on a few pixels.
      expect(difference(first, second, vision)).toBeGreaterThan(25);
    },
  );
});

test("the stripes of the grass are two", () => {
  expect(grass["light grass"]).not.toEqual(grass["dark grass"]);
});

test.each([0, 1] as const)("numbers of team %d can be read on all of its shirts", (team) => {
  for (const keeper of [false, true]) {
    const { shirt, number } = kitOf({ team, keeper });
    expect(contrast(shirt, number)).toBeGreaterThan(7);
  }
});

test("the teams stay apart in grey, and differ in pattern too", () => {
  expect(contrast(shirts["left"]!, shirts["right"]!)).toBeGreaterThan(4.5);
  expect(contrast(shirts["left keeper"]!, shirts["right keeper"]!)).toBeGreaterThan(4.5);
  for (const keeper of [false, true]) {
    expect(kitOf({ team: 0, keeper }).stripe).toBeUndefined();
    expect(kitOf({ team: 1, keeper }).stripe).toBeDefined();
  }
});
