/** @file The training runs: the list, the curves of one, and what the point has that was opened. */
import { CURVE_GROUPS, titleOf } from "../../player/index.ts";
import type { Runs } from "../state/runs.ts";
import type { Session } from "../state/session.ts";
import { Chart } from "./chart.tsx";
import { RunList } from "./list.tsx";
import { PointPanel } from "./point.tsx";
import { Steps } from "./steps.tsx";

export function RunsView({ session }: { session: Session }) {
  const { runs } = session;
  const opened = runs.point.value !== undefined;
  return (
    <main class="runs" data-opened={opened}>
      <RunList runs={runs} />
      <section class="curves" aria-label="Curves">
        <RunHead runs={runs} />
        <Charts runs={runs} />
      </section>
      {opened && <PointPanel session={session} />}
    </main>
  );
}

function RunHead({ runs }: { runs: Runs }) {
  const chosen = runs.chosen.value;
  const card = runs.list.value?.runs.find(({ id }) => id === chosen);
  if (chosen === null) return null;
  return (
    <div class="run-head panel">
      <h2>
        {chosen}
        {card !== undefined && (
          <span class="run-state" data-live={card.live}>
            <span class="lamp" /> {card.live ? "live" : "ended"}
          </span>
        )}
      </h2>
      <Steps runs={runs} />
    </div>
  );
}

function Charts({ runs }: { runs: Runs }) {
  const curves = runs.curves.value;
  const list = runs.list.value;
  const chosen = runs.chosen.value;
  if (list !== undefined && chosen !== null && !list.runs.some(({ id }) => id === chosen)) {
    return (
      <p class="faint nothing">
        There is no run “{chosen}” in {list.folder} yet.
      </p>
    );
  }
  if (list === undefined || (chosen !== null && curves === undefined)) {
    return <p class="faint nothing">Reading …</p>;
  }
  const span = runs.span.value;
  if (curves === undefined) return null;
  if (span === undefined) return <p class="faint nothing">Nothing has been measured yet.</p>;
  return CURVE_GROUPS.map((group) => {
    const members = curves.filter(({ name }) => titleOf(name).group === group);
    if (members.length === 0) return null;
    return (
      <section key={group} class="curve-group" aria-label={group}>
        <h3>{group}</h3>
        <div class="charts">
          {members.map((curve) => (
            <Chart key={curve.name} runs={runs} curve={curve} span={span} />
          ))}
        </div>
      </section>
    );
  });
}
