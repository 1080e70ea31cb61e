/** @file Sokoban: the levels that came in, the one that is looked at move by move, and what its player says. */
import { useEffect, useState } from "preact/hooks";
import { partsOf } from "../../player/index.ts";
import { type Puzzle, PUZZLES_MAX } from "../../protocol/index.ts";
import { Icon } from "../panel/icon.tsx";
import { briefPolicy, countText } from "../panel/text.ts";
import type { Session } from "../state/session.ts";
import { Board } from "./board.tsx";
import { answerAt, chosenOf, withPuzzle } from "./play.ts";

const MOVE_MS = 220;
/** How long a level is looked at after its last move, before the next one is. */
const REST_MS = 1500;

export function PuzzleView({ session }: { session: Session }) {
  const puzzles = usePuzzles(session);
  const [chosen, choose] = useState<string | null>(null);
  const [move, setMove] = useState(0);
  const [playing, setPlaying] = useState(true);
  const puzzle = puzzles === undefined ? undefined : chosenOf(puzzles, chosen);
  const next = nextOf(puzzles ?? [], puzzle);

  const show = (id: string): void => {
    choose(id);
    setMove(0);
    setPlaying(true);
  };
  // The first that comes is stayed with, and not left for the next one in the midst of it.
  useEffect(() => {
    if (puzzle !== undefined && chosen === null) choose(puzzle.id);
  }, [puzzle?.id]);
  useEffect(() => {
    if (puzzle === undefined || !playing) return undefined;
    const isDone = move >= puzzle.moves.length;
    if (isDone && (puzzle.over === null || next === undefined)) return undefined;
    const timer = setTimeout(
      () => (isDone && next !== undefined ? show(next.id) : setMove(move + 1)),
      isDone ? REST_MS : MOVE_MS,
    );
    return () => clearTimeout(timer);
  }, [puzzle, next?.id, move, playing]);

  if (puzzles === undefined) return <p class="faint nothing">Asking the server …</p>;
  if (puzzle === undefined) return <Nothing />;
  const last = puzzle.moves.length;
  const step = (to: number): void => {
    setPlaying(false);
    setMove(Math.max(0, Math.min(last, to)));
  };
  return (
    <main class="puzzles">
      <nav class="puzzle-list panel" aria-label="Levels">
        <h2>Levels</h2>
        <ul>
          {puzzles.toReversed().map((one) => (
            <li key={one.id}>
              <button
                type="button"
                class="run"
                aria-current={one.id === puzzle.id}
                onClick={() => show(one.id)}
              >
                <span class="lamp" data-live={one.over === null} />
                <span class="run-id">
                  {one.size}, seed {one.seed}
                </span>
                <span class="run-reward">
                  {one.over !== null && <b title="Score">{one.over.score.toFixed(0)}</b>}
                </span>
                <span class="faint run-facts">
                  {briefPolicy(one.policy)}, {factsOf(one)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <section class="puzzle-board panel" aria-label="The level">
        <Board puzzle={puzzle} move={move} />
        <div class="puzzle-controls">
          <button type="button" onClick={() => step(0)} aria-label="To the start">
            <Icon name="event-back" size={18} />
          </button>
          <button type="button" onClick={() => step(move - 1)} aria-label="One move back">
            <Icon name="back" size={18} />
          </button>
          <button
            type="button"
            aria-label={playing && move < last ? "Pause" : "Play"}
            onClick={() => (move >= last && puzzle.over !== null ? show(puzzle.id) : setPlaying(!playing))}
          >
            <Icon name={playing && move < last ? "pause" : "play"} size={20} />
          </button>
          <button type="button" onClick={() => step(move + 1)} aria-label="One move on">
            <Icon name="forward" size={18} />
          </button>
          <button type="button" onClick={() => step(last)} aria-label="To the end">
            <Icon name="event-forward" size={18} />
          </button>
          <input
            type="range"
            min={0}
            max={last}
            value={move}
            aria-label="Move"
            onInput={({ currentTarget }) => step(Number(currentTarget.value))}
          />
          <output>
            {move} of {last}
          </output>
        </div>
      </section>
      <section class="puzzle-mind panel" aria-label="What the player says">
        <h2>{puzzle.policy}</h2>
        <dl class="facts">
          <dt>Outcome</dt>
          <dd>{factsOf(puzzle)}</dd>
          {puzzle.over !== null && (
            <>
              <dt>Score</dt>
              <dd>{puzzle.over.score.toFixed(1)} of 100</dd>
            </>
          )}
          <dt>Best return</dt>
          <dd>{puzzle.bound}, that of a shortest solution</dd>
        </dl>
        <Answer text={answerAt(puzzle, move)} />
      </section>
    </main>
  );
}

function Nothing() {
  return (
    <p class="faint nothing">
      No level is played yet.{" "}
      <code>npx touchline bench sokoban --policy scripted --watch {location.origin}</code> shows its levels
      here, and so does any other policy.
    </p>
  );
}

/** The words that the next move comes from. A model's are only ever text. */
function Answer({ text }: { text: string | undefined }) {
  if (text === undefined) return <p class="faint">It plays without words.</p>;
  const { think, answer } = partsOf(text);
  return (
    <>
      <h3>What it thinks</h3>
      <div class="words" role="region" aria-label="Its thought" tabIndex={0}>
        {think.trim() || "Nothing."}
      </div>
      {answer !== "" && (
        <>
          <h3>What it answers</h3>
          <p>{answer}</p>
        </>
      )}
    </>
  );
}

function factsOf({ over, moves }: Puzzle): string {
  const how = over === null ? "going on" : over.solved ? "solved" : "not solved";
  return `${how}, ${countText(moves.length, "move")}`;
}

/** The one that came after it. */
function nextOf(puzzles: readonly Puzzle[], puzzle: Puzzle | undefined): Puzzle | undefined {
  const at = puzzles.findIndex(({ id }) => id === puzzle?.id);
  return at < 0 ? undefined : puzzles[at + 1];
}

/** Undefined while the server has not answered. */
function usePuzzles(session: Session): readonly Puzzle[] | undefined {
  const [puzzles, setPuzzles] = useState<readonly Puzzle[] | undefined>();
  useEffect(
    () =>
      session.feed.connection.lookAtPuzzles({
        list: (all) => setPuzzles(all),
        puzzle: (one) => setPuzzles((before) => withPuzzle(before ?? [], one, PUZZLES_MAX)),
      }),
    [session],
  );
  return puzzles;
}
