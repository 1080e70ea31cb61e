/** @file How the watched match is looked at: camera, lines, whom the camera follows, the open panel. The viewer's own. */
import { batch, signal } from "@preact/signals";
import type { Lineup } from "../../../env/frame/index.ts";
import { CAMERAS } from "../../player/index.ts";
import type { CameraChoice, Command } from "../../player/index.ts";

export const PANELS = ["events", "players", "analysis"] as const;
export type PanelName = (typeof PANELS)[number];

/** Where the choice about keys is kept between visits. */
const CHARACTERS = "touchline.characters";

export class Looks {
  /** Whether keys of a single character count. */
  readonly characters = signal(kept(CHARACTERS) !== "off");
  readonly camera = signal<CameraChoice>("auto");
  /** Whether the offside line is always shown; after an offside it is shown anyway. */
  readonly offside = signal(false);
  /** Whether the agent's frame is shown instead of the pitch. */
  readonly eyes = signal(false);
  /** The player whom the camera follows: an index of the lineup. */
  readonly followed = signal<number | undefined>(undefined);
  readonly panel = signal<PanelName>("events");
  /** Whether the ways to share the moment are open. */
  readonly sharing = signal(false);

  /** Another match: its players are others. */
  reset(): void {
    batch(() => {
      this.followed.value = undefined;
      this.sharing.value = false;
    });
  }

  /** As a shared moment wants it; what it does not name stays. */
  take({ player, panel, eyes }: { player?: number; panel?: PanelName; eyes?: boolean }): void {
    batch(() => {
      if (player !== undefined) this.followed.value = player;
      if (panel !== undefined) this.panel.value = panel;
      if (eyes !== undefined) this.eyes.value = eyes;
    });
  }

  setCharacters(on: boolean): void {
    this.characters.value = on;
    keep(CHARACTERS, on ? "on" : "off");
  }

  /** Does what a key or a button asks for; false when that is none of these. */
  run(command: Command): boolean {
    switch (command) {
      case "camera": {
        const next = CAMERAS.indexOf(this.camera.value) + 1;
        this.camera.value = CAMERAS[next % CAMERAS.length] ?? "auto";
        return true;
      }
      case "offside":
        this.offside.value = !this.offside.value;
        return true;
      case "eyes":
        this.eyes.value = !this.eyes.value;
        return true;
      case "players":
      case "analysis":
        this.panel.value = this.panel.value === command ? "events" : command;
        return true;
      case "share":
        this.sharing.value = !this.sharing.value;
        return true;
      default:
        return false;
    }
  }

  /** The camera follows this player, or no longer. */
  follow(player: number): void {
    this.followed.value = this.followed.value === player ? undefined : player;
  }

  /** The next who wears a number: of the left team, then of the right one, then nobody. */
  followNumber(number: number, { players }: Lineup): void {
    const wearing = players.flatMap((sheet, player) => (sheet.number === number ? [player] : []));
    const { value: followed } = this.followed;
    this.followed.value = wearing[followed === undefined ? 0 : wearing.indexOf(followed) + 1];
  }
}

/** A visitor may forbid pages to keep anything; then it counts for this visit only. */
function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // As above.
  }
}
