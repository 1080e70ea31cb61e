/** @file What a recipe's questions are of: scenarios where they are about play, Sokoban as its model is asked. */
import type { Scenario } from "../../env/football/index.ts";
import { DEFAULT_STYLE, type PlayStyle } from "../../agent/protocol/index.ts";
import { asksOfPlay, type SokobanSettings } from "../question/index.ts";
import type { RlRecipe, SftRecipe } from "../recipes/index.ts";
import { scenariosOf } from "./scenarios.ts";

type Asking = NonNullable<SftRecipe["questions"] | RlRecipe["questions"]>;

/** None where no question is about play. */
export function askedScenarios({ mix, scenarios }: Pick<Asking, "mix" | "scenarios">): Scenario[] {
  return asksOfPlay(mix) ? scenariosOf(scenarios) : [];
}

/** As the recipe says, in the form of the prompts that its model plays by. */
export function sokobanOf(
  { sokoban = {} }: Pick<Asking, "sokoban">,
  { prompt }: Pick<PlayStyle, "prompt"> = DEFAULT_STYLE,
): Partial<SokobanSettings> {
  return { ...sokoban, prompt };
}
