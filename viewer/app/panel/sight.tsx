/** @file How old the picture is that the agent acts on, and whether what it saw is what is drawn here. */
import { nameOf } from "../../player/index.ts";
import type { Session } from "../state/session.ts";

const SCENES_PER_SECOND = 10;

/** Over the pitch while the ghosts of an older picture are on it. */
export function SightAge({ session }: { session: Session }) {
  const shown = session.shown.value;
  void session.mind.value;
  const sight = shown === undefined ? undefined : session.sight();
  if (shown === undefined || sight === undefined) return null;
  const { lineup, ticksPerScene } = shown.card;
  const seconds = sight.age / (ticksPerScene * SCENES_PER_SECOND);
  return (
    <p class="sight-age">
      <i aria-hidden="true" /> {nameOf(sight.player, lineup)} {sight.lands ? "acts on" : "thinks about"} a
      picture <b>{seconds.toFixed(1)} s old</b>
    </p>
  );
}

/** Of all decisions of the episode. */
export function SeenAsDrawn({ session }: { session: Session }) {
  const proven = session.proving.proven.value;
  if (proven === undefined) return null;
  const { frames, same, other } = proven;
  const title =
    "Every frame that was decided on is drawn again here from the state of the match; its hash is compared with the agent's.";
  return (
    <span class="proof" data-proof={other > 0 ? "other" : same === frames ? "all" : "going"} title={title}>
      {other > 0
        ? `${other} of ${frames} frames not as drawn`
        : `${same} of ${frames} ${frames === 1 ? "frame" : "frames"} seen as drawn`}
    </span>
  );
}
