/** @file The head of the page: the name, what is on, and whether the connection stands. */
import { useEffect, useRef } from "preact/hooks";
import type { EpisodeRequest } from "../../protocol/index.ts";
import { addressOf, type Place } from "../state/address.ts";
import type { Session, Shown } from "../state/session.ts";
import { Icon } from "./icon.tsx";
import { briefPolicy } from "./text.ts";

const STATUS = {
  connecting: "Connecting",
  open: "Connected",
  lost: "Connection lost, trying again",
  refused: "",
};

export function Header({ session, onHelp }: { session: Session; onHelp: () => void }) {
  const status = session.feed.status.value;
  const shown = session.shown.value;
  const view = session.view.value;
  const views = useRef<HTMLElement>(null);
  // On a telephone they do not all have room beside each other.
  useEffect(() => {
    const show = () => {
      const { current } = views;
      const tab = current?.querySelector<HTMLElement>('[aria-current="page"]');
      if (current && tab) current.scrollLeft = tab.offsetLeft - (current.clientWidth - tab.offsetWidth) / 2;
    };
    show();
    addEventListener("resize", show);
    return () => removeEventListener("resize", show);
  }, [view]);
  return (
    <header class="head">
      <h1 class="brand">
        <img src="/icon.svg" alt="" width="26" height="26" />
        <span>Touchline</span>
      </h1>
      <nav ref={views} class="views" aria-label="Views">
        <Tab session={session} view="matches" name="Matches" />
        <Tab session={session} view="wall" name="Wall" />
        <Tab session={session} view="runs" name="Runs" />
        <Tab session={session} view="reports" name="Benchmarks" />
        <Tab session={session} view="edit" name="Scenarios" />
        <Tab session={session} view="sokoban" name="Sokoban" />
      </nav>
      <p class="on">
        {view === "matches" && shown !== undefined && (
          <>
            <strong>{shown.card.title}</strong>
            <span class="faint players-on">{shown.card.policies.map(briefPolicy).join(" against ")}</span>
            <span class="faint">
              {shown.card.draft && <BackToEditor session={session} scenario={shown.card.scenario} />}
              {shown.card.run === undefined ? (
                sourceOf(shown)
              ) : (
                <BackToRun session={session} run={shown.card.run} />
              )}
              {shown.seed !== undefined && ` · seed ${shown.seed}`}
            </span>
          </>
        )}
        {session.refused.value !== undefined && <span role="alert">{session.refused.value}</span>}
      </p>
      <p class="status" data-kind={status.kind} role="status">
        <span class="lamp" />
        <span class="status-text">{status.kind === "refused" ? status.reason : STATUS[status.kind]}</span>
      </p>
      <button
        type="button"
        class="round"
        onClick={onHelp}
        aria-label="Help and keys"
        title="Help and keys (?)"
      >
        <Icon name="help" />
      </button>
    </header>
  );
}

/** Where it comes from. */
function sourceOf({ card, episode }: Shown): string {
  if (card.fed !== undefined) return card.fed;
  if (card.parent !== undefined) return "branch";
  return card.recorded ? "recording" : `episode ${episode}`;
}

function Tab({ session, view, name }: { session: Session; view: Place["view"]; name: string }) {
  const watched = session.feed.watched.value?.card;
  const { chosen, point } = session.runs;
  const scenario = session.edited.value;
  // From an episode that was opened by its address there is a way to its run, too.
  const place: Place =
    view === "runs"
      ? chosen.value === null && watched?.run !== undefined
        ? { view, run: watched.run.run, step: watched.run.step }
        : { view, run: chosen.value, step: point.value?.step ?? null }
      : view === "sokoban" || view === "wall"
        ? { view }
        : view === "reports"
          ? { view, report: session.report.value }
          : view === "edit"
            ? { view, scenario }
            : { view, match: watched?.id ?? null, episode: watched?.run ?? null };
  return (
    <a
      href={addressOf(place, new URL(location.href)).href}
      aria-current={session.view.value === view ? "page" : undefined}
      onClick={(event) => follow(event, session, place)}
    >
      {name}
    </a>
  );
}

/** From an episode to the point of the run that it is of. */
function BackToRun({ session, run: { run, step } }: { session: Session; run: EpisodeRequest }) {
  const place: Place = { view: "runs", run, step };
  return (
    <a
      class="back-to-run"
      href={addressOf(place, new URL(location.href)).href}
      onClick={(event) => follow(event, session, place)}
    >
      run {run}, step {step}
    </a>
  );
}

/** From a draft that is played to the draft. */
function BackToEditor({ session, scenario }: { session: Session; scenario: string }) {
  const place: Place = { view: "edit", scenario };
  return (
    <>
      <a
        class="back-to-editor"
        href={addressOf(place, new URL(location.href)).href}
        onClick={(event) => follow(event, session, place)}
      >
        edit {scenario}
      </a>
      {" · "}
    </>
  );
}

/** Within the page, unless a window of its own is wanted. */
function follow(event: MouseEvent, session: Session, place: Place): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  session.go(place);
}
