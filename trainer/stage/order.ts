/** @file In which order examples are learned: each pass over them is shuffled anew, by its number and the seed alone. */
import { integer, makeRandom } from "../../env/random.ts";

/** Where a run stands in its data. */
export interface Place {
  /** Whole passes that are done. */
  epoch: number;
  /** Examples of this pass that are done. */
  next: number;
}

export const START: Place = { epoch: 0, next: 0 };

export interface Order {
  /** The examples of a step, by their places in the data, and where the run stands after it. A pass ends with what is left. */
  draw(place: Place): { members: number[]; place: Place };
  /** Steps from a place to the end of a pass, `epochs` in all. */
  stepsLeft(place: Place, epochs: number): number;
}

export function makeOrder(examples: number, batchSize: number, seed: number): Order {
  let shuffled: Uint32Array = new Uint32Array();
  let epoch = -1;
  return {
    draw(place) {
      if (place.epoch !== epoch) [shuffled, epoch] = [shuffle(examples, seed, place.epoch), place.epoch];
      const end = Math.min(place.next + batchSize, examples);
      const members = [...shuffled.subarray(place.next, end)];
      return { members, place: end < examples ? { epoch, next: end } : { epoch: epoch + 1, next: 0 } };
    },
    stepsLeft({ epoch: done, next }, epochs) {
      if (done >= epochs) return 0;
      return Math.ceil((examples - next) / batchSize) + (epochs - done - 1) * Math.ceil(examples / batchSize);
    },
  };
}

/** Fisher and Yates. */
function shuffle(count: number, seed: number, epoch: number): Uint32Array {
  const random = makeRandom(seed, epoch + 1);
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = integer(random, i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
