/** @file Where each term of the reward paid: a mark where the ball was, as large as the payment, hollow when it cost. */
import { useState } from "preact/hooks";
import type { Lineup } from "../../../env/frame/index.ts";
import type { Payment } from "../../player/analysis/index.ts";
import type { Session } from "../state/session.ts";
import { signedText } from "../panel/text.ts";
import { Field } from "./field.tsx";

interface RewardMapProps {
  session: Session;
  lineup: Lineup;
  terms: readonly string[];
  sums: readonly number[];
  paid: readonly Payment[];
}

export function RewardMap({ session, lineup, terms, sums, paid }: RewardMapProps) {
  const [only, setOnly] = useState<number>();
  const shown = paid.filter(({ term }) => only === undefined || term === only);
  const most = Math.max(1e-9, ...paid.map(({ value }) => Math.abs(value)));
  const label = `Where rewards were paid: ${terms.map((term, i) => `${term} ${signedText(sums[i] ?? 0)}`).join(", ")}`;
  return (
    <figure class="map">
      <figcaption>
        <b>Rewards</b> <span class="faint">where the ball was when each term paid</span>
      </figcaption>
      <Field pitch={lineup.pitch} label={label}>
        {shown.map(({ tick, x, y, term, value }, i) => (
          <circle
            key={`${tick} ${term} ${i}`}
            class="payment"
            data-sign={value < 0 ? "minus" : "plus"}
            style={{ "--term": `var(--term-${term % 6})` }}
            cx={x / 100}
            cy={y / 100}
            r={0.8 + 2.6 * Math.sqrt(Math.abs(value) / most)}
            onClick={() => session.hold(tick)}
          >
            <title>{`${terms[term]} ${signedText(value)}`}</title>
          </circle>
        ))}
      </Field>
      <div class="terms" role="group" aria-label="Which term">
        {terms.map((term, i) => (
          <button
            key={term}
            type="button"
            aria-pressed={only === i}
            style={{ "--term": `var(--term-${i % 6})` }}
            onClick={() => setOnly(only === i ? undefined : i)}
          >
            <i /> {term} <b>{signedText(sums[i] ?? 0)}</b>
          </button>
        ))}
      </div>
    </figure>
  );
}
