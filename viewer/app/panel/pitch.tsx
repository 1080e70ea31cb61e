/** @file The pitch with the scoreboard and the banners over it; owns the stage and the page's one loop. */
import { useEffect, useRef } from "preact/hooks";
import type { Session } from "../state/session.ts";
import { pickOn, placePersons } from "../stage/person.ts";
import { Stage } from "../stage/stage.ts";
import { exposeStage } from "../state/probe.ts";
import { BannerOver } from "./banner.tsx";
import { Eyes } from "./eyes.tsx";
import { Icon } from "./icon.tsx";
import { Scoreboard } from "./scoreboard.tsx";
import { SightAge } from "./sight.tsx";
import { Persons, Takeover } from "./takeover.tsx";

const CAMERA_NAMES = { auto: "Auto", whole: "Whole pitch", close: "Close" } as const;

export function Pitch({ session }: { session: Session }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => (host.current === null ? undefined : runLoop(session, host.current)), [session]);
  const shown = session.shown.value;
  const teams = shown?.card.lineup.teams.map(({ name }) => name).join(" against ");
  return (
    <section class="pitch" aria-label="The match">
      <div
        ref={host}
        class="canvas"
        role="img"
        aria-label={teams === undefined ? "The pitch" : `The pitch from above: ${teams}`}
      />
      {shown === undefined ? (
        <p class="waiting">{isLoading(session) ? "Loading the model …" : "Waiting for the first scene …"}</p>
      ) : (
        <Scoreboard shown={shown} />
      )}
      <Persons session={session} />
      <SightAge session={session} />
      <Eyes session={session} />
      <BannerOver session={session} />
      <Takeover session={session} />
      <div class="looks">
        <button
          type="button"
          aria-label="Share this moment"
          disabled={shown === undefined}
          onClick={() => session.run("share")}
          title="Share this moment (S)"
        >
          <Icon name="share" size={16} />
          <span>Share</span>
        </button>
        {shown?.card.offside === true && (
          <button
            type="button"
            aria-label="Offside line"
            aria-pressed={session.looks.offside.value}
            onClick={() => session.run("offside")}
            title="Offside line (O)"
          >
            <Icon name="flag" size={16} />
            <span>Offside line</span>
          </button>
        )}
        <button
          type="button"
          aria-label="Agent's eyes"
          aria-pressed={session.looks.eyes.value}
          onClick={() => session.run("eyes")}
          title="The agent's frame instead of the pitch (F)"
        >
          <Icon name="eye" size={16} />
          <span>Agent's eyes</span>
        </button>
        <button
          type="button"
          onClick={() => session.run("camera")}
          aria-label={`Camera: ${CAMERA_NAMES[session.looks.camera.value]}`}
          title="Camera (C)"
        >
          <Icon name="camera" size={16} />
          <span>{CAMERA_NAMES[session.looks.camera.value]}</span>
        </button>
      </div>
    </section>
  );
}

/** Whether the match cannot begin before the model is there that plays in it. */
function isLoading({ feed }: Session): boolean {
  const watched = feed.watched.value;
  return watched?.begun.value === false && watched.card.thinks;
}

/** Draws until the returned function is called. */
function runLoop(session: Session, host: HTMLElement): () => void {
  const canvasOnly = new URL(location.href).searchParams.get("renderer") === "canvas";
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let stage: Stage | undefined;
  let stopped = false;
  let stopPicking: (() => void) | undefined;
  let last = performance.now();
  // To ask for it with every picture would lay the whole page out once more each time.
  let [width, height] = [host.clientWidth, host.clientHeight];
  const sizes = new ResizeObserver(() => ([width, height] = [host.clientWidth, host.clientHeight]));
  sizes.observe(host);

  const draw = (now: number) => {
    if (stopped || stage === undefined) return;
    requestAnimationFrame(draw);
    // A page that was hidden does not play what it missed.
    const seconds = Math.min(0.25, Math.max(0, (now - last) / 1000));
    last = now;
    const moment = session.frame(seconds, now);
    const shown = session.shown.peek();
    if (shown === undefined) return;
    stage.arrange(shown.card.lineup, width, height);
    stage.draw({
      moment,
      timeline: session.timeline,
      ticksPerScene: shown.card.ticksPerScene,
      camera: session.looks.camera.peek(),
      followed: session.looks.followed.peek(),
      offside: session.offsideAt(),
      sight: session.sight(),
      seconds,
      now,
      calm: calm.matches,
    });
    placePersons(host, stage);
  };
  void Stage.make(host, canvasOnly).then((made) => {
    if (stopped) return made.destroy();
    stage = made;
    stopPicking = pickOn(host, made, session);
    exposeStage(session, made);
    requestAnimationFrame(draw);
  });
  return () => {
    stopped = true;
    sizes.disconnect();
    stopPicking?.();
    stage?.destroy();
  };
}
