/** @file What is best now, by search: each action is worth what comes of it when it is tried. */
import { nextUint32, type Random } from "../../../env/random.ts";
import { plausible } from "../moments.ts";
import type { Moment } from "../moments.ts";
import type { Question } from "../question.ts";
import { worthOf } from "../search.ts";
import { thoughtFor } from "../thought.ts";

/** "Play."; only where the moment can be forked. The best answer is searched for when it is asked for, for that takes long. */
export function act(random: Random, moment: Moment): Question | undefined {
  const { fork, sight } = moment;
  if (!fork) return undefined;
  const seed = nextUint32(random);
  const known = new Map<string, number>();
  const worth = (action: string): number => {
    const found = known.get(action) ?? worthOf(fork, action, { seed });
    known.set(action, found);
    return found;
  };
  let best: string | undefined;
  const search = (): string =>
    (best ??= plausible(fork.drill).reduce(
      (one, other) => (worth(other) > worth(one) ? other : one),
      moment.advice,
    ));
  return {
    kind: "act",
    moment,
    ask: "Play.",
    get think() {
      return thoughtFor(sight, search());
    },
    get gold() {
      return search();
    },
    worth,
  };
}
