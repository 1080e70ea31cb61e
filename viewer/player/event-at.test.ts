/** @file The last event at a tick is the one that a look through all of them finds. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { FootballEvent } from "../../env/football/event.ts";
import { lastEventAt } from "./event-at.ts";

const event = fc.oneof(
  fc.record({ tick: fc.nat(60), team: fc.constant(0), player: fc.constant(9), kind: fc.constant("offside") }),
  fc.record({ tick: fc.nat(60), team: fc.constant(1), player: fc.constant(3), kind: fc.constant("slide") }),
) satisfies fc.Arbitrary<FootballEvent>;

function isOffside({ kind }: FootballEvent): boolean {
  return kind === "offside";
}

test("is the last of its kind, not after the tick and not before the first that counts", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), fc.nat(70), fc.nat(70), (some, tick, since) => {
      const events = some.toSorted((a, b) => a.tick - b.tick);
      const all = (from: number): number =>
        events.findLastIndex((one) => isOffside(one) && one.tick <= tick && one.tick >= from);
      expect(lastEventAt(events, tick, isOffside)).toBe(all(-Infinity));
      expect(lastEventAt(events, tick, isOffside, since)).toBe(all(since));
    }),
  );
});
