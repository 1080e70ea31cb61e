/** @file What was recorded at a step: episodes to play, and questions with what was answered. Model's words are only ever text. */
import { useEffect, useRef } from "preact/hooks";
import type { EpisodeCard, PointDetail, Sample } from "../../protocol/index.ts";
import { Icon } from "../panel/icon.tsx";
import { countText, signedText, valueText } from "../panel/text.ts";
import type { Point } from "../state/runs.ts";
import type { Session } from "../state/session.ts";

export function PointPanel({ session }: { session: Session }) {
  const { runs } = session;
  const point = runs.point.value;
  const panel = useRef<HTMLElement>(null);
  const step = point?.step;
  // On a telephone it lies under the charts.
  useEffect(() => panel.current?.scrollIntoView({ block: "nearest" }), [step, point?.kind]);
  if (point === undefined) return null;
  return (
    <section ref={panel} class="point panel" aria-labelledby="point-title" data-step={point.step}>
      <h2 id="point-title">
        <Icon name="list" size={18} /> Step {point.step}
        <button
          type="button"
          class="round close-point"
          aria-label="Close"
          title="Close"
          onClick={() => runs.closePoint()}
        >
          <Icon name="tackle" size={15} />
        </button>
      </h2>
      <Content session={session} point={point} />
    </section>
  );
}

function Content({ session, point }: { session: Session; point: Point }) {
  if (point.kind === "loading") return <p class="faint">Reading …</p>;
  if (point.kind === "failed") return <p role="alert">{point.reason}</p>;
  const { detail } = point;
  if (detail.step === null) {
    return <p class="faint">Nothing was recorded at this step, nor before it.</p>;
  }
  return (
    <>
      {detail.step !== point.step && (
        <p class="faint">
          Nothing was recorded at step {point.step}; this is of step {detail.step}, the nearest before.
        </p>
      )}
      <Episodes session={session} detail={detail} />
      <Samples samples={detail.samples} />
    </>
  );
}

function Episodes({ session, detail: { run, step, episodes } }: { session: Session; detail: PointDetail }) {
  if (episodes.length === 0 || step === null) return null;
  const play = (file: string): void =>
    session.go({ view: "matches", match: null, episode: { run, step, file } });
  return (
    <>
      <h3>{countText(episodes.length, "episode")}</h3>
      <ul class="episodes">
        {episodes.map((episode) => (
          <li key={episode.file}>
            <button
              type="button"
              class="episode"
              onClick={() => play(episode.file)}
              title="Play it on the pitch"
            >
              <Icon name="play" size={14} />
              <span class="episode-name">{episode.scenario}</span>
              <b>{episode.score === undefined ? "–" : episode.score.join("–")}</b>
              <span class="faint episode-facts">{factsOf(episode)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function factsOf({ seed, score, steps, return: earned }: EpisodeCard): string {
  const facts = [`seed ${seed}`];
  if (earned !== undefined) facts.push(`return ${signedText(earned)}`);
  if (steps !== undefined) facts.push(countText(steps, "step"));
  if (score === undefined) facts.push("without an end");
  return facts.join(", ");
}

function Samples({ samples }: { samples: readonly Sample[] }) {
  if (samples.length === 0) return null;
  return (
    <>
      <h3>{countText(samples.length, "question")}</h3>
      <ul class="samples">
        {samples.map((sample, i) => (
          <li key={i}>
            <details>
              <summary>
                <Worth sample={sample} />
                <span class="sample-prompt">{sample.prompt}</span>
              </summary>
              <dl>
                <dt>Question</dt>
                <dd class="words">{sample.prompt}</dd>
                <dt>Answer</dt>
                <dd class="words">{sample.response}</dd>
                <dt>Right answer</dt>
                <dd class="words">{sample.gold}</dd>
              </dl>
              <p class="faint parts">
                {sample.format !== null && <span>format {valueText(sample.format)}</span>}
                {sample.accuracy !== null && <span>accuracy {valueText(sample.accuracy)}</span>}
              </p>
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}

function Worth({ sample: { reward, accuracy } }: { sample: Sample }) {
  return (
    <b class="worth" data-right={accuracy === null ? undefined : accuracy > 0} title="Reward">
      {reward === null ? "–" : valueText(reward)}
    </b>
  );
}
