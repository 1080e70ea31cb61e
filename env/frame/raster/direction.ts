/** @file Unit vectors all around, made by halving right angles, so that no sine is needed. */
import type { Dot } from "./shape.ts";

/** `count` directions (a power of two, 4 or more): 0 points right, a quarter of them on points down the picture. */
export function directions(count: number): readonly Dot[] {
  let around: Dot[] = [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ];
  while (around.length < count) {
    around = around.flatMap(([ax, ay], i): Dot[] => {
      const [bx, by] = around[(i + 1) % around.length]!;
      const length = Math.sqrt((ax + bx) * (ax + bx) + (ay + by) * (ay + by));
      return [
        [ax, ay],
        [(ax + bx) / length, (ay + by) / length],
      ];
    });
  }
  return around;
}
