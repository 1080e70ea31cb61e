/** @file Playing oneself: the way in and out, whose keys do what, and a mark on every player whom a person plays. */
import { useEffect } from "preact/hooks";
import { HAND_KEYS, nameOf } from "../../player/index.ts";
import type { Taken } from "../../protocol/index.ts";
import type { Session, Shown } from "../state/session.ts";
import { isPast } from "../state/shown.ts";
import { Icon } from "./icon.tsx";
import { KitSign } from "./kit.tsx";

/** Those of the watched match whom persons play. */
function takenIn(session: Session): readonly Taken[] {
  const match = session.feed.watched.value?.card.id;
  return session.hands.taken.value.filter((taken) => taken.match === match);
}

/** Marks over the pitch; the stage's loop moves them. Of the past nobody knows who played whom. */
export function Persons({ session }: { session: Session }) {
  const shown = session.shown.value;
  if (shown === undefined || session.looks.eyes.value) return null;
  const followed = session.looks.followed.value;
  const taken = shown.pace === "following" ? takenIn(session) : [];
  return (
    <div class="persons" aria-hidden="true">
      {taken.map(({ player, person, you }) => (
        <div key={person} class="person" data-player={player} data-you={you} hidden>
          <span>{you ? "You" : `Person ${person}`}</span>
        </div>
      ))}
      {followed !== undefined && !taken.some(({ player }) => player === followed) && (
        <div key="followed" class="person followed" data-player={followed} hidden>
          <span>{nameOf(followed, shown.card.lineup)}</span>
        </div>
      )}
    </div>
  );
}

export function Takeover({ session }: { session: Session }) {
  const { hands } = session;
  useEffect(() => hands.listen(), [hands]);
  const shown = session.shown.value;
  // What is played elsewhere cannot be played again here until it is over.
  if (shown === undefined || shown.card.fed !== undefined) return null;
  const past = isPast(shown);
  const taken = past ? [] : takenIn(session);
  const mine = taken.find(({ you }) => you);
  const notice = hands.notice.value;
  return (
    <div class="takeover" data-playing={mine !== undefined}>
      {mine !== undefined && <Keys />}
      <div class="takeover-row">
        {mine === undefined ? (
          <button
            type="button"
            class="take"
            disabled={!isFree(shown, taken)}
            title={
              past
                ? "Play on from this moment yourself, in a match of its own (T); or click a player with a ring"
                : "Play a player with a ring yourself (T); or click him"
            }
            onClick={() => void hands.take(null)}
          >
            <Icon name="gamepad" size={17} /> {past ? "Play on from here" : "Take over"}
          </button>
        ) : (
          <button
            type="button"
            class="take"
            title="Give the player back (Esc)"
            onClick={() => hands.giveBack()}
          >
            Give back <kbd>Esc</kbd>
          </button>
        )}
        <p role="status">{notice === "" ? <WhoPlays shown={shown} taken={taken} /> : notice}</p>
      </div>
    </div>
  );
}

/** Whether there is somebody under control whom nobody plays. */
function isFree({ scene }: Shown, taken: readonly Taken[]): boolean {
  return scene.figures.some(({ controlled }, id) => controlled && !taken.some(({ player }) => player === id));
}

function WhoPlays({ shown, taken }: { shown: Shown; taken: readonly Taken[] }) {
  const { players, teams } = shown.card.lineup;
  return (
    <>
      {taken.map(({ player, person, you }) => {
        const sheet = players[player];
        if (sheet === undefined) return null;
        return (
          <span key={person} class="plays">
            <span class="plays-who">{you ? "You play" : `Person ${person} plays`}</span>{" "}
            <KitSign team={sheet.team} size={14} />{" "}
            <b>
              {teams[sheet.team].name} {sheet.number}
            </b>
          </span>
        );
      })}
    </>
  );
}

function Keys() {
  return (
    <p class="hand-keys" aria-hidden="true">
      {HAND_KEYS.slice(0, -1).map(({ short, brief }) => (
        <span key={short}>
          <kbd>{short}</kbd> {brief}
        </span>
      ))}
    </p>
  );
}
