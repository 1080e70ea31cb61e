/**
 * @file What the agent sees: the frame painted here, in the page, by the painter that paints for the agent, from
 * the scene under the cursor. Its hash is the one that Node gives for the same scene.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { effect } from "@preact/signals";
import { frameHash, FRAME_DEFAULTS, makePainter } from "../../../env/frame/index.ts";
import type { Lineup, Painter } from "../../../env/frame/index.ts";
import { loadHash } from "../../../env/hash.ts";
import type { Session } from "../state/session.ts";
import { exposeSeen } from "../state/probe.ts";
import { Icon } from "./icon.tsx";
import { KitSign } from "./kit.tsx";
import { Results } from "./results.tsx";

const { width, height } = FRAME_DEFAULTS;

export function SeenFrame({ session }: { session: Session }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hash, setHash] = useState("");
  useEffect(
    () => (canvas.current === null ? undefined : paintAlong(session, canvas.current, setHash)),
    [session],
  );
  const shown = session.shown.value;
  return (
    <section class="seen panel" aria-labelledby="seen-title">
      <h2 id="seen-title">
        <Icon name="eye" size={18} /> What the agent sees
        <span class="faint size">
          {width} × {height} RGB
        </span>
      </h2>
      <canvas
        ref={canvas}
        width={width}
        height={height}
        role="img"
        aria-label="The frame that the agent gets"
      />
      <dl class="facts">
        <dt>Goal</dt>
        <dd>{shown?.card.goal}</dd>
        <dt>Played by</dt>
        <dd class="by">
          <KitSign team={0} size={14} /> <b>{shown?.card.policies[0]}</b>
          <span class="faint">against</span>
          <KitSign team={1} size={14} /> <b>{shown?.card.policies[1]}</b>
        </dd>
        <Results session={session} />
        <dt>Frame</dt>
        <dd>
          <code class="hash" title="XXH64 of the frame's bytes: Node paints the same ones">
            {hash}
          </code>
        </dd>
      </dl>
    </section>
  );
}

/** Paints whenever another scene comes under the cursor, until the returned function is called. */
function paintAlong(
  session: Session,
  canvas: HTMLCanvasElement,
  tellHash: (hash: string) => void,
): () => void {
  const context = canvas.getContext("2d");
  const image = new ImageData(width, height);
  let painter: Painter | undefined;
  let lineup: Lineup | undefined;
  let done = "";
  let stop: (() => void) | undefined;
  let stopped = false;
  void loadHash().then((hashes) => {
    if (stopped || context === null) return;
    stop = effect(() => {
      const shown = session.shown.value;
      if (shown === undefined) return;
      const { card, episode, seq, scene } = shown;
      const key = `${card.id} ${episode} ${seq}`;
      if (key === done) return;
      done = key;
      if (painter === undefined || lineup !== card.lineup) painter = makePainter(card.lineup);
      lineup = card.lineup;
      const frame = painter.paint(scene);
      for (let from = 0, to = 0; from < frame.data.length; from += 3, to += 4) {
        image.data[to] = frame.data[from]!;
        image.data[to + 1] = frame.data[from + 1]!;
        image.data[to + 2] = frame.data[from + 2]!;
        image.data[to + 3] = 255;
      }
      context.putImageData(image, 0, 0);
      const hash = frameHash(frame, hashes);
      tellHash(hash);
      exposeSeen({ match: card.id, episode, seq, hash });
    });
  });
  return () => {
    stopped = true;
    stop?.();
  };
}
