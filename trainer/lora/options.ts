/** @file What an adapter is to be: which layers it adapts, how wide it is, and how strongly it counts. */
import { TouchlineError } from "../../env/error.ts";

export interface LoraOptions {
  /** How wide the space between the two matrices is. */
  rank: number;
  /** What they add is multiplied by alpha / rank. */
  alpha: number;
  /** Ends of names of linear layers, such as `q_proj` or `layers.0.mlp.up_proj`, as peft takes them; or every one. */
  targets?: readonly string[] | "all-linear";
  /** Also layers of the vision tower and its merger (false); peft takes them in unless they are excluded. */
  vision?: boolean;
  /** alpha / √rank instead (rank-stabilised, arXiv 2312.03732). */
  rankStabilised?: boolean;
}

export const VISION_LAYERS = /^model\.visual\./;

/** @throws TouchlineError `trainer/lora` for a rank or alpha that is no such number. */
export function scaleOf({ rank, alpha, rankStabilised = false }: LoraOptions): number {
  if (!Number.isSafeInteger(rank) || rank < 1) wrong(`rank is ${rank}; expected an integer from 1.`);
  if (!Number.isFinite(alpha)) wrong(`alpha is ${alpha}; expected a finite number, such as twice the rank.`);
  return alpha / (rankStabilised ? Math.sqrt(rank) : rank);
}

/**
 * Whether a layer is adapted; `layers`: the names of all that could be.
 * @throws TouchlineError `trainer/lora` for a target that no layer has.
 */
export function isTarget(
  layers: readonly string[],
  { targets = "all-linear", vision = false }: LoraOptions,
): (layer: string) => boolean {
  const open = (layer: string): boolean => vision || !VISION_LAYERS.test(layer);
  if (targets === "all-linear") return open;
  for (const target of targets) {
    if (layers.some((layer) => open(layer) && endsIn(layer, target))) continue;
    const known = new Set(layers.filter(open).map((layer) => layer.slice(layer.lastIndexOf(".") + 1)));
    wrong(`no layer ends in "${target}"; expected some of ${[...known].join(", ")}, or "all-linear".`);
  }
  if (targets.length === 0) wrong('targets is empty; give names of layers, or "all-linear".');
  return (layer) => open(layer) && targets.some((target) => endsIn(layer, target));
}

function endsIn(layer: string, target: string): boolean {
  return layer === target || layer.endsWith(`.${target}`);
}

function wrong(text: string): never {
  throw new TouchlineError("trainer/lora", `LoRA: ${text}`);
}
