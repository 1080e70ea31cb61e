/** @file Which of a model's parameters are trained. */
import { TouchlineError } from "../../env/error.ts";
import { type ModelConfig, parameterShapes } from "../../agent/model/index.ts";

/** What can be named instead of parameters. */
export const MODULES: Readonly<Record<string, RegExp>> = {
  all: /^/,
  /** The tower that looks at pictures, and what joins its features to words. */
  vision: /^model\.visual\.(?!merger\.)/,
  merger: /^model\.visual\.merger\./,
  text: /^(?:model\.language_model|lm_head)\./,
  embedding: /^model\.language_model\.embed_tokens\./,
  head: /^lm_head\./,
};

export interface Trained {
  /** Names of modules, or beginnings of names of parameters such as `model.language_model.layers.3.`. */
  train?: readonly string[];
  /** Taken away from those. LMM-R1 freezes `vision` for Sokoban. */
  freeze?: readonly string[];
}

/**
 * The names of the parameters that are trained, in the order of the model.
 * @throws TouchlineError `trainer/modules` for a name that no parameter has, and when nothing is left to train.
 */
export function trainedNames(config: ModelConfig, { train = ["all"], freeze = [] }: Trained = {}): string[] {
  const names = [...parameterShapes(config).keys()];
  const matches = (words: readonly string[]) => {
    const tests = words.map((word) => {
      const test = (name: string): boolean => MODULES[word]?.test(name) ?? name.startsWith(word);
      // A tied model has no head of its own: to freeze it is no mistake.
      if (word !== "head" && !names.some(test)) {
        throw new TouchlineError(
          "trainer/modules",
          `No parameter is called "${word}"; expected ${Object.keys(MODULES).join(", ")} or the beginning of a parameter's name.`,
        );
      }
      return test;
    });
    return (name: string): boolean => tests.some((test) => test(name));
  };
  const [wanted, frozen] = [matches(train), matches(freeze)];
  const chosen = names.filter((name) => wanted(name) && !frozen(name));
  if (chosen.length > 0) return chosen;
  throw new TouchlineError("trainer/modules", "Every parameter is frozen; leave something to train.");
}
