/**
 * @file A moment as one picture for others: the pitch, how it stands, and, where an agent thinks, what it saw and thought.
 * Drawn by the stage's plain canvas, so it is the same picture everywhere.
 */
import { makePainter } from "../../../env/frame/index.ts";
import type { Painter } from "../../../env/frame/index.ts";
import { bannerAt, mindAt, momentAt, nameOf, partsOf, seenScene, sightAt } from "../../player/index.ts";
import type { CameraChoice, MindView, Timeline } from "../../player/index.ts";
import type { MatchCard } from "../../protocol/index.ts";
import { showFrame } from "../panel/frame.ts";
import { Stage } from "../stage/stage.ts";
import { paintScore, paintTitle } from "./score.ts";
import { paintWords } from "./words.ts";

export const PICTURE = { width: 1280, height: 720 };
/** Beside the pitch, where somebody thinks. */
const MIND_WIDTH = 448;

/** What the pictures are of. */
export interface Subject {
  card: MatchCard;
  timeline: Timeline;
  camera: CameraChoice;
  followed: number | undefined;
  /** Whose mind, as chosen. */
  place: number | undefined;
}

export class PictureMaker {
  readonly canvas = document.createElement("canvas");
  readonly #stage: Stage;
  readonly #subject: Subject;
  readonly #frame = document.createElement("canvas");
  readonly #painters: readonly [Painter, Painter];

  private constructor(stage: Stage, subject: Subject) {
    this.#stage = stage;
    this.#subject = subject;
    const { lineup, frames } = subject.card;
    this.#painters = [makePainter(lineup, frames?.left), makePainter(lineup, frames?.right)];
    Object.assign(this.canvas, PICTURE);
  }

  static async make(subject: Subject): Promise<PictureMaker> {
    return new PictureMaker(await Stage.make(document.createElement("div"), true), subject);
  }

  /** Draws the moment at a tick on `canvas`. */
  draw(tick: number, seconds: number): void {
    const { card, timeline, camera, followed, place } = this.#subject;
    const { lineup, ticksPerScene } = card;
    const moment = momentAt(timeline, tick, ticksPerScene);
    const context = this.canvas.getContext("2d");
    if (moment === undefined || context === null) return;
    const view = mindAt(timeline.mind, moment.scene.tick, false, place);
    const { width, height } = PICTURE;
    const pitchWidth = card.thinks ? width - MIND_WIDTH : width;
    this.#stage.arrange(lineup, pitchWidth, height);
    this.#stage.draw({
      moment,
      timeline,
      ticksPerScene,
      camera,
      followed,
      offside: undefined,
      sight: view && sightAt(view, tick, ticksPerScene),
      seconds,
      now: (tick / ticksPerScene) * 100,
      calm: false,
    });
    context.fillStyle = "#0b110e";
    context.fillRect(0, 0, width, height);
    context.drawImage(this.#stage.renderer.canvas, 0, 0, pitchWidth, height);
    paintScore(context, card, moment.scene, pitchWidth);
    const banner = bannerAt(timeline, moment.scene, tick, lineup, ticksPerScene);
    if (banner !== undefined) paintTitle(context, banner, pitchWidth, height);
    if (card.thinks) this.#paintMind(context, view, pitchWidth);
  }

  destroy(): void {
    this.#stage.destroy();
  }

  #paintMind(context: CanvasRenderingContext2D, view: MindView | undefined, left: number): void {
    const { lineup } = this.#subject.card;
    const { thought, decided } = view ?? {};
    const seen = thought?.seen ?? decided?.note.seen;
    const frameHeight = 288;
    if (seen !== undefined && view !== undefined) {
      const team = lineup.players[view.player]?.team ?? 0;
      const frame = this.#painters[team].paint(seenScene(seen));
      showFrame(this.#frame, frame);
      context.imageSmoothingEnabled = false;
      const scale = Math.min(MIND_WIDTH / frame.width, frameHeight / frame.height);
      context.drawImage(this.#frame, left, 0, frame.width * scale, frame.height * scale);
    }
    const who = view === undefined ? "" : (nameOf(view.player, lineup) ?? "");
    const words =
      thought === undefined ? (decided?.note.think ?? decided?.note.text ?? "") : partsOf(thought.text).think;
    paintWords(context, {
      left: left + 22,
      top: frameHeight + 38,
      width: MIND_WIDTH - 44,
      bottom: PICTURE.height - 20,
      title: thought === undefined ? (decided?.note.action ?? "") : "Thinking …",
      kicker: who === "" ? "" : `What ${who} saw and thought`,
      words,
    });
  }
}
