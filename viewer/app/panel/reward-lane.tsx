/** @file The reward taken apart under the line of time: its terms on each other, what paid above, what cost below. */
import { useMemo } from "preact/hooks";
import { rewardLane, rewardNotes, rewardSums, stack } from "../../player/analysis/index.ts";
import type { Session, Shown } from "../state/session.ts";
import { signedText } from "./text.ts";

const BINS = 160;
/** In the units of the picture; a bin is one wide. */
const HEIGHT = 24;

export function RewardLane({ session, shown }: { session: Session; shown: Shown }) {
  void session.feed.minded.value;
  const { timeline } = session;
  const known = timeline?.mind.known ?? 0;
  const { firstTick, lastTick, scene } = shown;
  const notes = useMemo(() => rewardNotes(timeline?.mind.notes ?? []), [timeline, known]);
  const lane = useMemo(() => rewardLane(notes, firstTick, lastTick, BINS), [notes, firstTick, lastTick]);
  if (lane.most === 0) return null;
  const { terms, bins, most } = lane;
  const sums = rewardSums(notes, terms, scene.tick);
  const costs = Math.max(0, ...bins.map(({ values }) => stack(values, -1)));
  const gains = Math.max(0, ...bins.map(({ values }) => stack(values, 1)));
  const zero = (HEIGHT * gains) / (gains + costs);
  const unit = HEIGHT / (gains + costs || most);
  const told = terms.map((term, i) => `${term} ${signedText(sums[i] ?? 0)}`);
  return (
    <div class="xray" role="img" aria-label={`Rewards up to the cursor: ${told.join(", ")}`}>
      <svg viewBox={`0 0 ${BINS} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {bins.map(({ from, values }) => {
          let [up, down] = [zero, zero];
          const x = ((from - firstTick) / Math.max(1, lastTick - firstTick)) * BINS;
          return values.map((value, term) => {
            const height = Math.max(value === 0 ? 0 : 1.2, Math.abs(value) * unit);
            if (value > 0) up -= height;
            const y = value > 0 ? up : down;
            if (value < 0) down += height;
            if (value === 0) return null;
            return (
              <rect
                key={`${from} ${term}`}
                x={Math.min(BINS - 1.4, x)}
                y={y}
                width="1.4"
                height={height}
                fill={`var(--term-${term % 6})`}
              />
            );
          });
        })}
        <path class="zero" d={`M0 ${zero}H${BINS}`} />
      </svg>
      <p aria-hidden="true">
        {terms.map((term, i) => (
          <span key={term} style={{ "--term": `var(--term-${i % 6})` }}>
            <i /> {term} {signedText(sums[i] ?? 0)}
          </span>
        ))}
      </p>
    </div>
  );
}
