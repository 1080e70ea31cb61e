import { expect, test } from "vitest";
import { float32, int64, Session } from "../../graph/index.ts";
import { openWeights, readConfig } from "../folder/index.ts";
import { decoderGraph, storedWeights } from "./index.ts";
import { keyName, valueName } from "./inference.ts";

const fixture = (name: string): string =>
  new URL(`../../../tests/reference/fixtures/${name}/model`, import.meta.url).pathname;

/** Logits of the second and third of three tokens. */
async function logits(name: string, foldConstants: boolean, headPieceSize?: number): Promise<Float32Array> {
  const directory = fixture(name);
  const config = readConfig(directory);
  const { layers, keyValueHeads, headSize, hiddenSize } = config.text;
  const graph = decoderGraph(config, storedWeights(openWeights(directory)), {
    ...(headPieceSize !== undefined && { headPieceSize }),
  });
  const session = await Session.open(graph, { directory, foldConstants });
  const nothing = float32(new Float32Array(0), [1, keyValueHeads, 0, headSize]);
  const outputs = await session.run({
    input_ids: int64([5, 77, 400], [1, 3]),
    image_features: float32(new Float32Array(hiddenSize), [1, hiddenSize]),
    feature_index: int64([-1, -1, -1], [1, 3]),
    position_ids: int64([0, 1, 2, 0, 1, 2, 0, 1, 2], [3, 1, 3]),
    mask: int64([1, 1, 1], [1, 3]),
    cache_mask: int64([], [1, 0]),
    logit_rows: int64([1, 2]),
    ...Object.fromEntries(
      Array.from({ length: layers }, (_, layer) => [
        [keyName(layer), nothing],
        [valueName(layer), nothing],
      ]).flat(),
    ),
  });
  await session.close();
  return outputs["logits"]!.data as Float32Array;
}

// Of bf16, fp16 and fp32; tied and not.
test.each(["sharded", "sliding", "untied", "tied"])(
  "%s: weights kept as they are stored, and a head in pieces of which the last is shorter, give the same logits",
  async (name) => {
    const whole = await logits(name, true);
    const pieces = await logits(name, false, 100);
    expect(pieces).toHaveLength(whole.length);
    expect(Math.max(...pieces.map((value, i) => Math.abs(value - whole[i]!)))).toBeLessThan(1e-5);
    expect(Math.max(...whole)).toBeGreaterThan(0.1);
  },
);
