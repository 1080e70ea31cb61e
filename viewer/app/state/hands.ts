/**
 * @file The viewer's own hands: which player he has taken over, and what keyboard and gamepad say to him. Sends what
 * changes. While he plays, the keys are his player's and not the page's.
 */
import { signal } from "@preact/signals";
import type { Scene } from "../../../env/frame/index.ts";
import {
  handCommand,
  type HandCommand,
  handsOf,
  padCommands,
  pressOf,
  type Standing,
  TAKE_BUTTON,
} from "../../player/index.ts";
import type {
  Branched,
  BranchRequest,
  HandsMessage,
  MatchCard,
  Refusal,
  Taken,
  TakeRequest,
} from "../../protocol/index.ts";

/** What the hands need of the page's end of the wire. */
export interface Wire {
  take(request: TakeRequest): Promise<Refusal | null | undefined>;
  branch(request: BranchRequest): Promise<Branched | Refusal | undefined>;
  give(): void;
  hands(message: HandsMessage): void;
}

/** What they need of the page. */
export interface Stadium {
  /** What is under the cursor. */
  shown(): { scene: Scene; card: MatchCard; episode: number; tick: number } | undefined;
  /** Whether that is over: who takes a player over there plays on beside the match that it was. */
  past(): boolean;
  /** Watches another match. */
  watch(match: string): void;
  watched(): string | undefined;
  /** Brings the cursor to the live edge: nobody can play what is over. */
  goLive(): void;
}

/** How long a sentence stays on the screen. */
const NOTICE_MS = 6000;

export class Hands {
  /** All players whom persons play, in every match. */
  readonly taken = signal<readonly Taken[]>([]);
  /** A sentence about taking over, for a while. */
  readonly notice = signal("");

  readonly #wire: Wire;
  readonly #stadium: Stadium;
  readonly #keys = new Set<HandCommand>();
  #pad: ReadonlySet<HandCommand> = new Set();
  #padTakes = false;
  #sent = "";
  #giving = false;
  #noticeTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(wire: Wire, stadium: Stadium) {
    this.#wire = wire;
    this.#stadium = stadium;
  }

  /** The player of this page, in whatever match. */
  get mine(): Taken | undefined {
    return this.taken.value.find(({ you }) => you);
  }

  /** Takes over a player of the watched match, or with null any of its players under control. */
  async take(player: number | null): Promise<void> {
    const match = this.#stadium.watched();
    if (match === undefined) return;
    // A key that presses a button of the page would be pressed again by its player's keys.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    const refusal = this.#stadium.past()
      ? await this.#branch(player)
      : await this.#wire.take({ match, player });
    if (refusal === undefined) this.#say("The server did not answer; try again.");
    else if (refusal !== null) this.#say(refusal.error);
    else {
      this.#sent = "";
      this.#giving = false;
      this.#say("");
      this.#stadium.goLive();
    }
  }

  /** Plays on from the moment under the cursor, in a match of its own; null when he does. */
  async #branch(player: number | null): Promise<Refusal | null | undefined> {
    const shown = this.#stadium.shown();
    if (shown === undefined) return { error: "There is nothing to play on from yet." };
    const { card, episode, tick } = shown;
    const branched = await this.#wire.branch({ match: card.id, episode, tick, player });
    if (branched === undefined || "error" in branched) return branched;
    this.#stadium.watch(branched.match);
    return null;
  }

  giveBack(): void {
    this.#giving = true;
    this.#keys.clear();
    this.#wire.give();
  }

  /** The server's word for who plays. */
  hear(taken: readonly Taken[]): void {
    const before = this.taken.peek().some(({ you }) => you);
    this.taken.value = taken;
    if (before && !taken.some(({ you }) => you)) this.#lost();
  }

  /** Gamepads have no events: asked with every frame that is drawn. */
  frame(): void {
    const pads = typeof navigator.getGamepads === "function" ? navigator.getGamepads() : [];
    const pad = pads.find((one) => one?.connected);
    const playing = this.taken.peek().some(({ you }) => you);
    if (pad) {
      const held = padCommands(pad);
      const takes = pad.buttons[TAKE_BUTTON]?.pressed ?? false;
      if (takes && !this.#padTakes && !playing) void this.take(null);
      this.#padTakes = takes;
      const fresh = [...held].filter((command) => !this.#pad.has(command));
      this.#pad = held;
      if (playing) fresh.forEach((command) => this.#press(command));
    } else this.#pad = new Set();
    if (playing) this.#send();
  }

  /** Listens to the keyboard until the returned function is called. */
  listen(): () => void {
    const listening = new AbortController();
    const options = { capture: true, signal: listening.signal };
    addEventListener("keydown", (event) => this.#key(event, true), options);
    addEventListener("keyup", (event) => this.#key(event, false), options);
    // What is let go elsewhere is not heard of here.
    addEventListener("blur", () => this.#rest(), options);
    document.addEventListener("visibilitychange", () => this.#rest(), options);
    return () => listening.abort();
  }

  #key(event: KeyboardEvent, down: boolean): void {
    if (this.mine === undefined || document.querySelector("dialog[open]") !== null) return this.#keys.clear();
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const command = handCommand(event.code);
    if (command === undefined) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!down) this.#keys.delete(command);
    else if (!this.#keys.has(command)) {
      this.#keys.add(command);
      this.#press(command);
    }
    this.#send();
  }

  #press(command: HandCommand): void {
    if (command === "give-back") return this.giveBack();
    const press = pressOf(command, this.#standing());
    if (press !== undefined) this.#wire.hands({ ...this.#held(), press });
  }

  #rest(): void {
    this.#keys.clear();
    if (this.mine !== undefined) this.#send();
  }

  #send(): void {
    const hands = this.#held();
    const text = JSON.stringify(hands);
    if (text === this.#sent) return;
    this.#sent = text;
    this.#wire.hands(hands);
  }

  #held(): HandsMessage {
    return handsOf(new Set([...this.#keys, ...this.#pad]), this.#standing());
  }

  #standing(): Standing {
    const shown = this.#stadium.shown();
    const player = this.mine?.player ?? -1;
    if (shown === undefined) return { turned: false, hasBall: false };
    const { scene, card } = shown;
    const team = card.lineup.players[player]?.team ?? 0;
    return { turned: (team === 1) !== (scene.half === 2), hasBall: scene.owner === player };
  }

  #lost(): void {
    this.#keys.clear();
    this.#sent = "";
    if (!this.#giving)
      this.#say("Your player has gone back: the match was left, or nothing was heard of you.");
    this.#giving = false;
  }

  #say(text: string): void {
    clearTimeout(this.#noticeTimer);
    this.notice.value = text;
    if (text !== "") this.#noticeTimer = setTimeout(() => (this.notice.value = ""), NOTICE_MS);
  }
}
