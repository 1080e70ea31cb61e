/** @file The analysis of the match up to the cursor: counted anew once a second of the match, drawn as analysts draw. */
import { useMemo, useState } from "preact/hooks";
import { nameOf } from "../../player/index.ts";
import type { Timeline } from "../../player/index.ts";
import {
  heatMap,
  passNetwork,
  payments,
  possessionOf,
  rewardNotes,
  rewardSums,
  sampleScenes,
  shotsOf,
  termsOf,
} from "../../player/analysis/index.ts";
import { clockText } from "../panel/text.ts";
import type { Session, Shown } from "../state/session.ts";
import { Balance } from "./balance.tsx";
import { Heat } from "./heat-map.tsx";
import { PassMap } from "./pass-map.tsx";
import { RewardMap } from "./reward-map.tsx";
import { ShotMap } from "./shot-map.tsx";

const SCENES_PER_SECOND = 10;
const PAYMENTS_MAX = 300;

export function Analysis({ session }: { session: Session }) {
  const shown = session.shown.value;
  const { timeline } = session;
  if (shown === undefined || timeline === undefined) return <p class="faint none">Nothing to count yet.</p>;
  return <Counted session={session} shown={shown} timeline={timeline} />;
}

function Counted({ session, shown, timeline }: { session: Session; shown: Shown; timeline: Timeline }) {
  const [team, setTeam] = useState<0 | 1>(0);
  const { lineup, ticksPerScene } = shown.card;
  const { tick } = shown.scene;
  // While it plays a second is soon enough; where it is held or over it is counted to its tick.
  const second = ticksPerScene * SCENES_PER_SECOND;
  const until =
    shown.pace === "paused" || shown.ended !== undefined ? tick : Math.floor(tick / second) * second;
  const followed = session.looks.followed.value;
  const known = timeline.events.length + timeline.mind.known;
  const counted = useMemo(() => {
    const scenes = sampleScenes(timeline, until);
    const notes = rewardNotes(timeline.mind.notes);
    const terms = termsOf(notes);
    return {
      scenes,
      notes,
      terms,
      possession: possessionOf(scenes, lineup),
      shots: shotsOf(timeline, lineup, until, ticksPerScene),
      networks: [passNetwork(timeline, lineup, 0, until), passNetwork(timeline, lineup, 1, until)] as const,
      paid: payments(timeline, notes, terms, until, PAYMENTS_MAX),
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- what has come since is counted, too
  }, [timeline, lineup, until, known, ticksPerScene]);
  const { scenes, notes, terms } = counted;
  const own = followed === undefined ? team : (lineup.players[followed]?.team ?? team);
  const heat = useMemo(
    () =>
      heatMap(scenes, lineup, (player) =>
        followed === undefined ? lineup.players[player]?.team === team : player === followed,
      ),
    [scenes, lineup, team, followed],
  );
  return (
    <div class="analysis" role="region" aria-label="Analysis" tabIndex={0}>
      <p class="analysis-head">
        <span class="faint">Up to the cursor, {clockText(shown.scene.clockSeconds)}</span>
        <span class="choice" role="group" aria-label="Whose passes and places">
          {([0, 1] as const).map((one) => (
            <button key={one} type="button" aria-pressed={team === one} onClick={() => setTeam(one)}>
              {lineup.teams[one].name}
            </button>
          ))}
        </span>
      </p>
      <div class="maps">
        <Balance lineup={lineup} {...counted} />
        <ShotMap session={session} lineup={lineup} shots={counted.shots} />
        <PassMap lineup={lineup} team={team} network={counted.networks[team]} />
        <Heat
          lineup={lineup}
          team={own}
          who={(followed === undefined ? undefined : nameOf(followed, lineup)) ?? lineup.teams[team].name}
          heat={heat}
        />
        {terms.length > 0 && (
          <RewardMap
            session={session}
            lineup={lineup}
            terms={terms}
            sums={rewardSums(notes, terms, tick)}
            paid={counted.paid}
          />
        )}
      </div>
    </div>
  );
}
