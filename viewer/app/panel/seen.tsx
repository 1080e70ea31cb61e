/**
 * @file What the agent sees: the frame painted here, in the page, by the painter that paints for the agent, from
 * the scene under the cursor. Its hash is the one that Node gives for the same scene.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { effect } from "@preact/signals";
import { frameHash, FRAME_DEFAULTS, makePainter } from "../../../env/frame/index.ts";
import type { Lineup, Painter } from "../../../env/frame/index.ts";
import { type Hash, loadHash } from "../../../env/hash.ts";
import type { Session, Shown } from "../state/session.ts";
import { exposeSeen } from "../state/probe.ts";
import { Facts } from "./facts.tsx";
import { showFrame } from "./frame.ts";
import { Icon } from "./icon.tsx";

const { width, height } = FRAME_DEFAULTS;

export function SeenFrame({ session }: { session: Session }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hash, setHash] = useState("");
  useEffect(
    () => (canvas.current === null ? undefined : paintAlong(session, canvas.current, setHash)),
    [session],
  );
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
      <Facts session={session}>
        <dt>Frame</dt>
        <dd>
          <code class="hash" title="XXH64 of the frame's bytes: Node paints the same ones">
            {hash}
          </code>
        </dd>
      </Facts>
    </section>
  );
}

/** Paints whenever another scene comes under the cursor, until the returned function is called. */
function paintAlong(
  session: Session,
  canvas: HTMLCanvasElement,
  tellHash: (hash: string) => void,
): () => void {
  let painter: Painter | undefined;
  let lineup: Lineup | undefined;
  let done = "";
  let stop: (() => void) | undefined;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const paint = ({ card, episode, seq, scene }: Shown, hashes: Hash): void => {
    const key = `${card.id} ${episode} ${seq}`;
    if (key === done) return;
    done = key;
    if (painter === undefined || lineup !== card.lineup) painter = makePainter(card.lineup);
    lineup = card.lineup;
    const frame = painter.paint(scene);
    showFrame(canvas, frame);
    const hash = frameHash(frame, hashes);
    tellHash(hash);
    exposeSeen({ match: card.id, episode, seq, hash });
  };
  void loadHash().then((hashes) => {
    if (stopped) return;
    stop = effect(() => {
      if (session.shown.value === undefined) return;
      // After the picture that the scene comes with: the pitch does not wait for it.
      timer ??= setTimeout(() => {
        timer = undefined;
        const shown = session.shown.peek();
        if (shown !== undefined) paint(shown, hashes);
      });
    });
  });
  return () => {
    stopped = true;
    clearTimeout(timer);
    stop?.();
  };
}
