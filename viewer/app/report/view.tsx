/** @file Benchmarks: the runs that have a report, and the one that is chosen, as `touchline report` wrote it. */
import { useEffect, useState } from "preact/hooks";
import type { ReportCard, ReportList } from "../../protocol/index.ts";
import { agoText } from "../panel/text.ts";
import type { Session } from "../state/session.ts";

const LOOK_MS = 5000;

export function ReportView({ session }: { session: Session }) {
  const list = useReports();
  const chosen = session.report.value;
  if (list === undefined) return <p class="faint nothing">Asking the server …</p>;
  const card = list.reports.find(({ id }) => id === chosen) ?? list.reports[0];
  if (card === undefined) return <Nothing folder={list.folder} />;
  return (
    <main class="reports">
      <nav class="report-list panel" aria-label="Benchmarks">
        <h2>Benchmarks</h2>
        <ul>
          {list.reports.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                class="run"
                aria-current={one.id === card.id}
                onClick={() => session.go({ view: "reports", report: one.id })}
              >
                <span class="run-id">{one.id}</span>
                <span class="faint run-facts">{factsOf(one)}</span>
              </button>
            </li>
          ))}
        </ul>
      </nav>
      {/* Its own changes, so that a report that was written again is loaded again. */}
      <iframe
        key={`${card.id} ${card.changedMs}`}
        class="report-page panel"
        sandbox="allow-scripts allow-popups"
        src={`/reports/page?id=${encodeURIComponent(card.id)}`}
        title={`The report of ${card.id}`}
      />
    </main>
  );
}

function Nothing({ folder }: { folder: string }) {
  return (
    <p class="faint nothing">
      No benchmark in <code>{folder}</code> has a report yet:{" "}
      <code>npx touchline bench academy --policy scripted</code> writes one when it is over.
    </p>
  );
}

function factsOf({ suite, policy, changedMs }: ReportCard): string {
  return [suite, policy, `${agoText(Date.now() - changedMs)} ago`].filter((fact) => fact !== null).join(", ");
}

/** Undefined until the server has answered. */
function useReports(): ReportList | undefined {
  const [list, setList] = useState<ReportList | undefined>();
  useEffect(() => {
    const ask = async () => {
      const response = await fetch("/reports/list").catch(() => undefined);
      if (response?.ok) setList((await response.json()) as ReportList);
    };
    void ask();
    const timer = setInterval(() => void ask(), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  return list;
}
