/** @file Play, step, speed and the timeline. They move this viewer's cursor and nobody else's. */
import type { ComponentProps } from "preact";
import type { FootballEvent } from "../../../env/football/event.ts";
import type { Lineup } from "../../../env/frame/index.ts";
import { KEYS, marksOf, SPEEDS, tell } from "../../player/index.ts";
import type { Session, Shown } from "../state/session.ts";
import { Icon } from "./icon.tsx";
import { RewardLane } from "./reward-lane.tsx";
import { still } from "./still.ts";
import { clockText, speedText } from "./text.ts";

export function Controls({ session }: { session: Session }) {
  const shown = session.shown.value;
  const playing = shown?.pace !== "paused";
  return (
    <section class="controls" aria-label="Playback">
      <div class="buttons">
        <Move session={session} command="previous-event" name="Previous event" icon="event-back" />
        <Move session={session} command="step-back" name="One step back" icon="back" />
        <button
          type="button"
          class="round play"
          onClick={() => session.run("toggle")}
          aria-label={playing ? "Pause" : "Play"}
          title={playing ? "Pause (Space)" : "Play (Space)"}
        >
          <Icon name={playing ? "pause" : "play"} size={22} />
        </button>
        <Move session={session} command="step-forward" name="One step forward" icon="forward" />
        <Move session={session} command="next-event" name="Next event" icon="event-forward" />
      </div>
      <Line session={session} shown={shown} />
      <label class="speed">
        <span class="hidden">Speed</span>
        <select
          value={String(shown?.speed ?? 1)}
          title="Speed ([ and ])"
          onChange={(event) => {
            session.setSpeed(Number(event.currentTarget.value));
            // What the cursor makes of it: nothing is faster than live.
            event.currentTarget.value = String(session.cursor.speed);
          }}
        >
          {SPEEDS.map((speed) => (
            <option key={speed} value={String(speed)} disabled={speed > 1 && shown?.pace === "following"}>
              {speedText(speed)}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        class="live"
        aria-pressed={shown?.pace === "following"}
        onClick={() => session.run("live")}
        title="Back to live (L)"
      >
        <span class="lamp" />
        <span>Live</span>
      </button>
    </section>
  );
}

interface MoveProps {
  session: Session;
  command: "previous-event" | "step-back" | "step-forward" | "next-event";
  name: string;
  icon: ComponentProps<typeof Icon>["name"];
}

function Move({ session, command, name, icon }: MoveProps) {
  const key = KEYS.find((binding) => binding.command === command)?.shown;
  return (
    <button
      type="button"
      class="round"
      data-command={command}
      onClick={() => session.run(command)}
      aria-label={name}
      title={`${name} (${key})`}
    >
      <Icon name={icon} />
    </button>
  );
}

/** The history so far, with its events; the live edge is on the right. */
function Line({ session, shown }: { session: Session; shown: Shown | undefined }) {
  const first = shown?.firstTick ?? 0;
  const last = Math.max(first + 1, shown?.lastTick ?? 1);
  const tick = Math.min(last, Math.max(first, shown?.pace === "following" ? last : (shown?.tick ?? first)));
  // After a switch the events of the new match may be here before its scenes.
  const percent = (at: number) =>
    `${(100 * Math.min(last - first, Math.max(0, at - first))) / (last - first)}%`;
  const lost = session.feed.status.value.kind === "lost" && shown?.pace === "following";
  const behind = lost ? "not connected" : behindText(shown);
  return (
    <div class="line">
      <div class="track" aria-hidden="true">
        <div class="done" style={{ width: percent(tick) }} />
        {shown !== undefined && <Marks session={session} shown={shown} percent={percent} />}
        {session.proving.proven.value?.otherTicks.map((at) => (
          <i key={`other ${at}`} class="mark" data-icon="other" style={{ left: percent(at) }} />
        ))}
      </div>
      <input
        type="range"
        min={first}
        max={last}
        step="any"
        value={tick}
        aria-label="Position in the episode"
        aria-valuetext={`${clockText(shown?.scene.clockSeconds ?? 0)}, ${behind}`}
        onInput={(event) => session.seek(Number(event.currentTarget.value))}
      />
      <div class="line-text">
        <span>
          step {shown?.scene.step ?? 0}
          <span class="faint"> of {shown?.card.steps ?? 0}</span>
        </span>
        <span class="behind" data-pace={shown?.pace}>
          {behind}
        </span>
      </div>
      {shown !== undefined && <RewardLane session={session} shown={shown} />}
    </div>
  );
}

interface MarksProps {
  session: Session;
  shown: Shown;
  percent: (tick: number) => string;
}

/**
 * The events on the line. Their places are parts of the stretch up to the last of them, which alone gets narrower while the
 * match goes on: the marks themselves stay as they are until there is another.
 */
function Marks({ session, shown, percent }: MarksProps) {
  const events = session.events.value;
  const { lineup } = shown.card;
  const first = shown.firstTick;
  const last = Math.max(first + 1, events.at(-1)?.tick ?? 0);
  return (
    <div class="marks" style={{ width: percent(last) }}>
      <MarksUpTo events={events} lineup={lineup} first={first} last={last} />
    </div>
  );
}

interface MarksUpToProps {
  events: readonly FootballEvent[];
  lineup: Lineup;
  first: number;
  last: number;
}

const MarksUpTo = still(({ events, lineup, first, last }: MarksUpToProps) =>
  marksOf(events, first, last).map((event, i) => {
    const { weight, icon } = tell(event, lineup);
    const left = `${(100 * Math.max(0, event.tick - first)) / (last - first)}%`;
    return (
      <i key={i} class="mark" data-weight={weight} data-icon={icon} data-team={event.team} style={{ left }} />
    );
  }),
);

function behindText(shown: Shown | undefined): string {
  if (shown === undefined) return "";
  const { recorded, fed } = shown.card;
  const again = recorded && fed === undefined;
  const next = again ? "it begins again soon" : "the next episode begins soon";
  const last = fed === undefined ? next : "over; the next is shown when it comes";
  if (shown.pace === "following") return shown.ended === undefined ? "live" : last;
  const paused = shown.pace === "paused" ? "paused, " : "";
  if (!shown.live) return `${paused}${again ? "an earlier showing" : "an earlier episode"}`;
  return `${paused}${shown.behindSeconds.toFixed(1)} s behind live`;
}
