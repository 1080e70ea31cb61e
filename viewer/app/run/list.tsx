/** @file The runs that the server finds, with how far they are. A click shows one. */
import { useEffect, useState } from "preact/hooks";
import type { RunCard } from "../../protocol/index.ts";
import { agoText, valueText } from "../panel/text.ts";
import type { Runs } from "../state/runs.ts";

export function RunList({ runs }: { runs: Runs }) {
  const list = runs.list.value;
  const chosen = runs.chosen.value;
  const now = useNow();
  return (
    <nav class="run-list panel" aria-label="Training runs">
      <h2>
        Runs{" "}
        <span class="faint folder" title={list?.folder}>
          <bdi>{list?.folder}</bdi>
        </span>
      </h2>
      {list?.runs.length === 0 && <None folder={list.folder} />}
      <ul>
        {list?.runs.map((card) => (
          <li key={card.id}>
            <button
              type="button"
              class="run"
              aria-current={card.id === chosen}
              onClick={() => runs.look(card.id, null)}
            >
              <span class="lamp" data-live={card.live} />
              <span class="run-id">{card.id}</span>
              <span class="run-reward">
                {card.reward !== null && <b title="The last reward">{valueText(card.reward)}</b>}
              </span>
              <span class="faint run-facts">{factsOf(card, now)}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function None({ folder }: { folder: string }) {
  return (
    <p class="faint">
      There is no run in <code>{folder}</code> yet. One that <code>npx touchline train --recipe quick</code>{" "}
      starts appears here by itself; <code>npx touchline watch --runs DIR</code> looks into another folder.
    </p>
  );
}

function factsOf({ live, step, steps, changedMs }: RunCard, now: number): string {
  const so = steps === null ? `step ${step}` : `step ${step} of ${steps}`;
  return live ? `live, ${so}` : `ended, ${so}, ${agoText(now - changedMs)} ago`;
}

/** The time, anew every few seconds. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
