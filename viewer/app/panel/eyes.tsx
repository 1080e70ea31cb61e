/** @file The agent's frame over the pitch: of the decision under the cursor, or of the scene where nobody decides. */
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { makePainter } from "../../../env/frame/index.ts";
import { nameOf, seenScene } from "../../player/index.ts";
import type { Session, Shown } from "../state/session.ts";
import { showFrame } from "./frame.ts";

export function Eyes({ session }: { session: Session }) {
  const shown = session.shown.value;
  if (!session.looks.eyes.value || shown === undefined) return null;
  return <Seen session={session} shown={shown} />;
}

function Seen({ session, shown }: { session: Session; shown: Shown }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { lineup, frames } = shown.card;
  const mind = session.mind.value;
  const bytes = mind?.thought?.seen ?? mind?.decided?.note.seen;
  const side = mind !== undefined && lineup.players[mind.player]?.team === 1 ? "right" : "left";
  const options = frames?.[side];
  const painter = useMemo(() => makePainter(lineup, options), [lineup, options]);
  const scene = bytes === undefined ? shown.scene : undefined;
  useLayoutEffect(() => {
    const seen = scene ?? seenScene(bytes!);
    if (canvas.current !== null) showFrame(canvas.current, painter.paint(seen));
  }, [painter, scene, bytes]);
  const who = (mind !== undefined && nameOf(mind.player, lineup)) || "the agent";
  return (
    <figure class="eyes">
      <canvas ref={canvas} role="img" aria-label={`The frame that ${who} sees`} />
      <figcaption>What {who} sees</figcaption>
    </figure>
  );
}
