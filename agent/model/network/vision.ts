/**
 * @file The vision transformer: patches of pictures to features, one for each merged block of patches. Most layers
 * look around in windows only. The reference sorts patches by window; here they keep their order, and attention
 * gathers each window, or each picture, into a row of its own and puts the results back.
 */
import { type GraphBuilder, times, type Value } from "../../graph/index.ts";
import { add, gather, gelu, gemm, mul, reshape, split, transpose } from "../../graph/ops/index.ts";
import type { VisionConfig } from "../folder/index.ts";
import { attentionScale } from "./attention.ts";
import { type Grouping, patchLayout } from "./grid.ts";
import { biasOf } from "./mask.ts";
import { below, linear, norm, type Parameters } from "./parameters.ts";
import { makeRotary, patchFrequencies, type Rotary, rotate } from "./rotary.ts";
import { swiGlu } from "./text.ts";
import { INFERENCE, type Ways } from "./ways.ts";

const VISION = "model.visual";
const EPSILON = 1e-6;

/**
 * `pixels`: [patches, channels * temporalPatchSize * patchSize²]; `grids`: int64 [pictures, 3].
 * The result: [patches / mergeSize², outSize], in the order of the patches.
 */
export function visionTransformer(
  g: GraphBuilder,
  config: VisionConfig,
  parameters: Parameters,
  pixels: Value,
  grids: Value,
  ways: Ways = INFERENCE,
): Value {
  const own = below(parameters, VISION);
  const patches = pixels.shape[0]!;
  const layout = patchLayout(g, config, grids, patches);
  const headSize = config.hiddenSize / config.heads;
  const rotary = makeRotary(g, layout.positions, patchFrequencies(headSize), [1, patches]);
  const embedding = reshape(g, own("patch_embed.proj.weight"), [config.hiddenSize, pixels.shape[1]!]);
  const biases = { windows: paddingBias(g, layout.windows), frames: paddingBias(g, layout.frames) };
  let hidden = gemm(g, pixels, embedding, { transB: true });
  for (let layer = 0; layer < config.depth; layer++) {
    hidden = g.within(`blocks.${layer}`, () => {
      const block = below(own, `blocks.${layer}`);
      const kind = config.fullAttentionLayers.includes(layer) ? "frames" : "windows";
      const normed = norm(g, hidden, block, "norm1", EPSILON);
      const mixed = groupAttention(
        g,
        config,
        below(block, "attn"),
        normed,
        rotary,
        layout[kind],
        biases[kind],
        ways,
      );
      const attended = add(g, hidden, mixed);
      const again = norm(g, attended, block, "norm2", EPSILON);
      return add(g, attended, swiGlu(g, again, below(block, "mlp"), ways, { bias: true }));
    });
  }
  return merger(g, config, below(own, "merger"), hidden);
}

function groupAttention(
  g: GraphBuilder,
  { heads, hiddenSize }: VisionConfig,
  parameters: Parameters,
  rows: Value,
  rotary: Rotary,
  { groups, room, patches, found, places }: Grouping,
  bias: Value,
  ways: Ways,
): Value {
  const count = rows.shape[0]!;
  const headSize = hiddenSize / heads;
  const [q, k, v] = split(
    g,
    linear(g, rows, parameters, "qkv", { bias: true }),
    1,
    Array(3).fill(hiddenSize),
  );
  const turned = (x: Value): Value =>
    reshape(g, rotate(g, reshape(g, x, [1, count, hiddenSize]), rotary), [count, hiddenSize]);
  const perGroup = (x: Value): Value =>
    transpose(g, reshape(g, gather(g, x, patches, places), [groups, room, heads, headSize]), [0, 2, 1, 3]);
  const scaled = mul(g, turned(q!), g.scalar(attentionScale(headSize)));
  const query = reshape(g, perGroup(scaled), [groups, heads, 1, room, headSize]);
  const mixed = ways.attend(g, query, [{ key: perGroup(turned(k!)), value: perGroup(v!) }], bias);
  const inRows = transpose(g, reshape(g, mixed, [groups, heads, room, headSize]), [0, 2, 1, 3]);
  const back = gather(g, reshape(g, inRows, [times(groups, room), hiddenSize]), places, found);
  return linear(g, back, parameters, "proj", { bias: true });
}

/** Nobody looks at places without a patch. */
function paddingBias(g: GraphBuilder, { groups, room, filled }: Grouping): Value {
  return biasOf(g, filled, [groups, 1, 1, 1, room]);
}

function merger(g: GraphBuilder, config: VisionConfig, parameters: Parameters, rows: Value): Value {
  const size = config.mergeSize ** 2;
  const normed = norm(g, rows, parameters, "ln_q", EPSILON);
  const blocks = typeof rows.shape[0] === "number" ? rows.shape[0] / size : "features";
  const merged = reshape(g, normed, [blocks, config.hiddenSize * size]);
  const inner = gelu(g, linear(g, merged, parameters, "mlp.0", { bias: true }));
  return linear(g, inner, parameters, "mlp.2", { bias: true });
}
