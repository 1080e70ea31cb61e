/** @file Tensors that are written again and again. */
import { expect, it } from "vitest";
import { Outputs } from "./outputs.ts";

function lengths(outputs: Outputs, ...shape: number[]): [string, number, readonly number[]][] {
  return Object.entries(outputs.of(...shape)).map(([name, { data, dims }]) => [name, data.length, dims]);
}

it("are of the shape that is asked for, whatever was asked for before", () => {
  const outputs = new Outputs(["a", "b"]);
  for (const shape of [[2, 3], [4, 5], [1, 3], [1, 3], [0, 3], [60]]) {
    const size = shape.reduce((product, length) => product * length, 1);
    expect(lengths(outputs, ...shape)).toEqual([
      ["a", size, shape],
      ["b", size, shape],
    ]);
  }
});

it("lie in the same memory as long as they fit, each in its own", () => {
  const outputs = new Outputs(["a", "b"]);
  const [first, other] = Object.values(outputs.of(4, 2));
  const [again] = Object.values(outputs.of(3, 2));
  const buffers = [first, again, other].map((tensor) => (tensor!.data as Float32Array).buffer);
  expect(buffers[1]).toBe(buffers[0]);
  expect(buffers[2]).not.toBe(buffers[0]);
});

it("are none when they would be too large", () => {
  const outputs = new Outputs(["a", "b"]);
  expect(outputs.of(2 ** 21 + 1)).toEqual({});
  expect(lengths(outputs, 2)).toHaveLength(2);
});
