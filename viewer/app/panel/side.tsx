/** @file What there is to know of the match beside the picture: events, players or analysis, one at a time. */
import { Analysis } from "../analysis/view.tsx";
import { PANELS, type PanelName } from "../state/looks.ts";
import type { Session } from "../state/session.ts";
import { Branches } from "./branches.tsx";
import { EventList } from "./events.tsx";
import { Icon } from "./icon.tsx";
import { Players } from "./players.tsx";

const TABS = {
  events: { title: "Events", icon: "list" },
  players: { title: "Players", icon: "shirt" },
  analysis: { title: "Analysis", icon: "chart" },
} as const;

export function Side({ session }: { session: Session }) {
  const { panel } = session.looks;
  const open = panel.value;
  return (
    <section class="events panel" aria-label="More of the match" data-panel={open}>
      <Branches session={session} />
      <div class="tabs" role="tablist" aria-label="More of the match">
        {PANELS.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={open === name}
            aria-controls="side"
            tabIndex={open === name ? 0 : -1}
            onClick={() => (panel.value = name)}
            onKeyDown={(event) => {
              const next = neighbour(name, event.key);
              if (next === undefined) return;
              // The arrows move between tabs here, not the cursor of the match.
              event.preventDefault();
              event.stopPropagation();
              panel.value = next;
              document.getElementById(`tab-${next}`)?.focus();
            }}
          >
            <Icon name={TABS[name].icon} size={17} /> {TABS[name].title}
          </button>
        ))}
      </div>
      <div class="tab-body" role="tabpanel" id="side" aria-labelledby={`tab-${open}`}>
        {open === "events" && <EventList session={session} />}
        {open === "players" && <Players session={session} />}
        {open === "analysis" && <Analysis session={session} />}
      </div>
    </section>
  );
}

/** The tab that a key leads to. */
function neighbour(name: PanelName, key: string): PanelName | undefined {
  const step = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
  if (step === 0) return undefined;
  return PANELS[(PANELS.indexOf(name) + step + PANELS.length) % PANELS.length];
}
