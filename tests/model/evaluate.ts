/** @file Runs a small graph, on the CPU unless told otherwise, and holds the shapes that the builder gave against those that came out. */
import { expect } from "vitest";
import {
  type DataType,
  GraphBuilder,
  Session,
  type SessionOptions,
  type Shape,
  Tensor,
  type Value,
} from "../../agent/graph/index.ts";

export interface Given {
  type: DataType;
  shape: readonly number[];
  values: readonly number[];
  /** The shape of the input; `shape` when no length is named. */
  named?: Shape;
}

export interface Evaluated {
  type: DataType;
  shape: readonly number[];
  values: number[];
}

export const float = (shape: readonly number[], values: readonly number[], named?: Shape): Given => ({
  type: "float32",
  shape,
  values,
  ...(named && { named }),
});
export const ints = (shape: readonly number[], values: readonly number[], named?: Shape): Given => ({
  ...float(shape, values, named),
  type: "int64",
});
export const bools = (shape: readonly number[], values: readonly number[]): Given => ({
  ...float(shape, values),
  type: "bool",
});

/** What `build` makes of these inputs. */
export async function evaluateAll(
  given: readonly Given[],
  build: (g: GraphBuilder, ...inputs: Value[]) => readonly Value[],
  options: SessionOptions = {},
): Promise<Evaluated[]> {
  const g = new GraphBuilder("small");
  const inputs = given.map(({ type, shape, named }, i) => g.input(`in${i}`, type, named ?? shape));
  const outputs = build(g, ...inputs).map((value, i) => g.output(`out${i}`, value));
  const session = await Session.open(g.build(), { threads: 1, ...options });
  const feeds = Object.fromEntries(given.map((one, i) => [`in${i}`, tensorOf(one)]));
  const found = await session.run(feeds);
  const lengths = new Map<string, number>();
  given.forEach(({ shape, named }) =>
    named?.forEach((name, axis) => typeof name === "string" && lengths.set(name, shape[axis]!)),
  );
  const evaluated = outputs.map(({ name, type, shape }): Evaluated => {
    const tensor = found[name]!;
    expect(tensor.type).toBe(type);
    shape.forEach((length, axis) => {
      const expected = typeof length === "number" ? length : lengths.get(length);
      if (expected !== undefined) expect(tensor.dims[axis], `axis ${axis} of ${name}`).toBe(expected);
    });
    expect(tensor.dims).toHaveLength(shape.length);
    return {
      type,
      shape: [...tensor.dims],
      values: Array.from(tensor.data as ArrayLike<number | bigint>, Number),
    };
  });
  await session.close();
  return evaluated;
}

export async function evaluate(
  given: readonly Given[],
  build: (g: GraphBuilder, ...inputs: Value[]) => Value,
): Promise<Evaluated> {
  return (await evaluateAll(given, (...all) => [build(...all)]))[0]!;
}

function tensorOf({ type, shape, values }: Given): Tensor {
  switch (type) {
    case "int64":
      return new Tensor("int64", BigInt64Array.from(values, BigInt), shape);
    case "bool":
      return new Tensor("bool", Uint8Array.from(values), shape);
    case "float32":
      return new Tensor("float32", Float32Array.from(values), shape);
    default:
      throw new Error(`evaluate() has no inputs of ${type}`);
  }
}

/** As `toEqual`, with room for the roundings of float32. */
export function expectAbout(found: Evaluated, shape: readonly number[], values: readonly number[]): void {
  expect(found.shape).toEqual(shape);
  expect(found.values).toHaveLength(values.length);
  found.values.forEach((value, i) => {
    const difference = Math.abs(value - values[i]!);
    expect(difference, `${value} and ${values[i]} at ${i}`).toBeLessThanOrEqual(
      1e-6 * Math.max(1, Math.abs(values[i]!)),
    );
  });
}
