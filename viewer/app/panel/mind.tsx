/**
 * @file The mind of an agent under the cursor: the frame that it saw, its prompt, its thought as it comes, its action,
 * how sure it was, and what came of it. A model's words are only ever text.
 */
import { useEffect, useRef } from "preact/hooks";
import { type Decided, type MindView, partsOf, percentText } from "../../player/index.ts";
import type { DecisionNote } from "../../protocol/index.ts";
import type { Session, Shown } from "../state/session.ts";
import { Facts } from "./facts.tsx";
import { Icon } from "./icon.tsx";
import { KitSign } from "./kit.tsx";
import { MindFrame } from "./mind-frame.tsx";
import { SeenAsDrawn } from "./sight.tsx";
import { briefPolicy, countText, millisecondsText, signedText } from "./text.ts";

export function MindPanel({ session }: { session: Session }) {
  const shown = session.shown.value;
  const view = session.mind.value;
  return (
    <section
      class="mind panel"
      aria-labelledby="mind-title"
      data-thinking={view?.thought !== undefined && !view.replayed}
      data-step={view?.replayed ? undefined : view?.decided?.note.step}
    >
      <h2 id="mind-title">
        <Icon name="mind" size={18} /> The agent's mind
        <Policy session={session} />
        <Choice session={session} />
      </h2>
      {shown === undefined || view === undefined ? (
        <Nobody session={session} />
      ) : (
        <Shelf session={session} shown={shown} view={view} />
      )}
      <SeenAsDrawn session={session} />
      <Facts session={session} />
    </section>
  );
}

/** Before the first thought. */
function Nobody({ session }: { session: Session }) {
  const watched = session.feed.watched.value;
  const shown = session.shown.value;
  const loading = watched?.begun.value === false;
  // A model is asked at once, and reads for a while before its first word.
  const asked = shown?.live === true && !shown.card.recorded;
  if (!loading && !asked) return <p class="faint none">Nobody has thought yet.</p>;
  return (
    <p class="action going" role="status">
      <span class="lamp" /> {loading ? "Loading the model …" : "Thinking …"}
    </p>
  );
}

/** Whose mind it is, by the name of its policy. */
function Policy({ session }: { session: Session }) {
  const { shown, mind } = session;
  const card = shown.value?.card ?? session.feed.watched.value?.card;
  const team = card?.lineup.players[mind.value?.player ?? -1]?.team ?? 0;
  const name = card?.policies[team] ?? "";
  return (
    <span class="policy faint" title={name}>
      {briefPolicy(name)}
    </span>
  );
}

/** Whether that of whoever decided last is shown, or always the same place's. */
function Choice({ session }: { session: Session }) {
  void session.feed.minded.value;
  const places = [...(session.timeline?.mind.places ?? [])].sort(([a], [b]) => a - b);
  const lineup = session.shown.value?.card.lineup;
  if (places.length < 2 || lineup === undefined) return null;
  const chosen = session.chosen.value;
  return (
    <span class="choice" role="group" aria-label="Whose mind">
      <button
        type="button"
        aria-pressed={chosen === undefined}
        onClick={() => (session.chosen.value = undefined)}
      >
        Last
      </button>
      {places.map(([place, player]) => (
        <button
          key={place}
          type="button"
          aria-pressed={chosen === place}
          aria-label={`Number ${lineup.players[player]?.number} of ${lineup.teams[lineup.players[player]?.team ?? 0]?.name}`}
          onClick={() => (session.chosen.value = place)}
        >
          {lineup.players[player]?.number}
        </button>
      ))}
    </span>
  );
}

function Shelf({ session, shown, view }: { session: Session; shown: Shown; view: MindView }) {
  const { card } = shown;
  const { thought, decided, player } = view;
  const note = thought === undefined ? decided?.note : undefined;
  const sheet = card.lineup.players[player];
  return (
    <>
      <MindFrame
        lineup={card.lineup}
        options={card.frames?.[sheet?.team === 1 ? "right" : "left"]}
        seen={thought === undefined ? note?.seen : thought.seen}
        hash={note?.frameHash}
      />
      <div class="whose">
        <KitSign team={sheet?.team ?? 0} size={16} />
        <b>Number {sheet?.number}</b>
        <span class="faint">{whenText(view)}</span>
        <Jump session={session} tick={view.previousTick} name="Previous decision" icon="back" />
        <Jump session={session} tick={view.nextTick} name="Next decision" icon="forward" />
      </div>
      {thought !== undefined && <Going text={thought.text} />}
      {decided !== undefined && <Decision decided={decided} past={thought !== undefined} />}
    </>
  );
}

function whenText({ thought, replayed, decided }: MindView): string {
  if (thought !== undefined) return replayed ? "thinks of what it saw" : "at the newest frame";
  if (decided === undefined) return "no decision yet";
  return `decision ${decided.number} of ${decided.count}, from step ${decided.note.step} on`;
}

function Jump({
  session,
  tick,
  name,
  icon,
}: {
  session: Session;
  tick: number | undefined;
  name: string;
  icon: "back" | "forward";
}) {
  return (
    <button
      type="button"
      class="round jump"
      aria-label={name}
      title={name}
      disabled={tick === undefined}
      onClick={() => tick !== undefined && session.hold(tick)}
    >
      <Icon name={icon} size={15} />
    </button>
  );
}

/** A thought that is being written. */
function Going({ text }: { text: string }) {
  const { think, answer } = partsOf(text);
  return (
    <>
      <p class="action going">
        <span class="lamp" /> Thinking …{answer !== "" && <b>{answer}</b>}
      </p>
      <Thought label="Its thought so far" text={think} follow />
    </>
  );
}

function Thought(words: Parameters<typeof Words>[0]) {
  if (words.text === "") return null;
  return (
    <div class="thought">
      <p class="label" aria-hidden="true">
        What it thinks
      </p>
      <Words {...words} />
    </div>
  );
}

/** A box of a model's words. `follow`: its end stays in view. */
function Words({ label, text, follow = false }: { label: string; text: string; follow?: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (follow && box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [follow, text]);
  if (text === "") return null;
  return (
    <div ref={box} class="words" role="region" aria-label={label} tabIndex={0}>
      {text}
    </div>
  );
}

/** `past`: the next thought has begun, and only what came of this one still counts. */
function Decision({ decided, past }: { decided: Decided; past: boolean }) {
  const { note } = decided;
  const wrong = note.failed ?? note.reason;
  return (
    <>
      <p class="action" data-outcome={note.failed ? "failed" : note.reason ? "unparsed" : "played"}>
        {past && <span class="faint">Before that:</span>}
        <b>{note.action}</b>
        {note.probability !== undefined && (
          <span class="sure" title="Probability of the words of the action, after its thought">
            {percentText(note.probability)}
          </span>
        )}
        {wrong !== undefined && (
          <span class="wrong">{note.failed === undefined ? "no action in its answer" : "no answer"}</span>
        )}
        {note.by === "person" && <span class="faint">a person plays from here on</span>}
        <Earned decided={decided} />
      </p>
      {!past && (
        <>
          {wrong !== undefined && <p class="why">{wrong}</p>}
          <Thought label="Its thought" text={note.text ?? note.think ?? ""} />
          <Tokens note={note} />
          <dl class="facts">
            {note.milliseconds !== undefined && (
              <>
                <dt>Took</dt>
                <dd>{millisecondsText(note.milliseconds)}</dd>
              </>
            )}
            {note.ageSteps !== undefined && (
              <>
                <dt>Frame's age</dt>
                <dd>{note.ageSteps === 0 ? "0 steps: the game waited" : countText(note.ageSteps, "step")}</dd>
              </>
            )}
          </dl>
          {note.prompt !== undefined && (
            <details>
              <summary>Prompt</summary>
              <Words label="The prompt" text={note.prompt} />
            </details>
          )}
        </>
      )}
    </>
  );
}

/** What came of it up to the cursor. */
function Earned({ decided: { reward, terms } }: { decided: Decided }) {
  const parts = Object.entries(terms).filter(([, value]) => value !== 0);
  return (
    <span class="earned" title="What its steps have earned up to the cursor: reward, and its terms unweighed">
      <span class="faint">Reward</span> <b>{signedText(reward)}</b>
      {parts.map(([term, value]) => (
        <span key={term} class="term">
          {term} {signedText(value)}
        </span>
      ))}
    </span>
  );
}

function Tokens({ note: { tokens } }: { note: DecisionNote }) {
  if (tokens === undefined || tokens.length === 0) return null;
  return (
    <ul class="tokens" aria-label="Tokens of its answer, with their probabilities" tabIndex={0}>
      {tokens.map(([text, probability], i) => (
        <li key={i} style={{ "--sure": probability.toFixed(3) }}>
          <span class="token">{visible(text)}</span>
          <small>{percentText(probability)}</small>
        </li>
      ))}
    </ul>
  );
}

/** White space of a token is a part of it. */
function visible(text: string): string {
  return text === "" ? "∅" : text.replaceAll("\n", "↵").replaceAll("\t", "⇥").replaceAll(" ", "·");
}
