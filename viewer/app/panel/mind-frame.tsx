/**
 * @file The frame that a decision was made on, painted here from the scene that came with it, and whether its bytes are
 * those that the policy got.
 */
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { FrameOptions, Lineup } from "../../../env/frame/index.ts";
import { FRAME_DEFAULTS, frameHash, makePainter } from "../../../env/frame/index.ts";
import { loadHash } from "../../../env/hash.ts";
import { seenScene } from "../../player/index.ts";
import type { Binary } from "../../protocol/index.ts";
import { showFrame } from "./frame.ts";

export interface MindFrameProps {
  lineup: Lineup;
  options: Partial<FrameOptions> | undefined;
  seen: Binary | undefined;
  /** Of the frame that the policy got; undefined while it still thinks. */
  hash: string | undefined;
}

export function MindFrame({ lineup, options, seen, hash }: MindFrameProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [painted, setPainted] = useState<{ seen: Binary; hash: string }>();
  const painter = useMemo(() => makePainter(lineup, options), [lineup, options]);
  // Before the page is shown again, so that frame and words are never of two decisions.
  useLayoutEffect(() => {
    if (seen === undefined) return undefined;
    let stopped = false;
    const frame = painter.paint(seenScene(seen));
    if (canvas.current !== null) showFrame(canvas.current, frame);
    void loadHash().then((hashes) => {
      if (!stopped) setPainted({ seen, hash: frameHash(frame, hashes) });
    });
    return () => {
      stopped = true;
    };
  }, [painter, seen]);
  const own = painted?.seen === seen ? painted?.hash : undefined;
  const match = own === undefined || hash === undefined ? "unknown" : own === hash ? "same" : "other";
  const { width, height } = { ...FRAME_DEFAULTS, ...options };
  return (
    <figure class="mind-frame" data-match={match}>
      {seen !== undefined && (
        <p class="label" aria-hidden="true">
          What it sees
        </p>
      )}
      <canvas
        ref={canvas}
        width={width}
        height={height}
        hidden={seen === undefined}
        role="img"
        aria-label="The frame that it saw"
      />
      {seen === undefined && <p class="faint none">It did not look at a frame.</p>}
      <figcaption>
        <code class="hash" title="XXH64 of the frame's bytes">
          {hash ?? own ?? ""}
        </code>
        {match === "same" && (
          <span class="match-same" title="Drawn again from the state: byte for byte what the agent got">
            seen as drawn
          </span>
        )}
        {match === "other" && <span class="match-other">not as drawn</span>}
      </figcaption>
    </figure>
  );
}
