/** @file The one table of keys: what the page listens to and what its help shows. */

export type Command =
  | "toggle"
  | "step-back"
  | "step-forward"
  | "previous-event"
  | "next-event"
  | "previous-goal"
  | "next-goal"
  | "start"
  | "live"
  | "slower"
  | "faster"
  | "next-match"
  | "camera"
  | "offside"
  | "player"
  | "eyes"
  | "players"
  | "analysis"
  | "take"
  | "share"
  | "where"
  | "help";

export interface KeyBinding {
  command: Command;
  /** Values of `KeyboardEvent.key`; `Shift+` in front when it must be held. */
  keys: readonly string[];
  /** As the help shows them. */
  shown: string;
  does: string;
}

export const KEYS: readonly KeyBinding[] = [
  { command: "toggle", keys: [" ", "k"], shown: "Space", does: "Play or pause" },
  { command: "step-back", keys: ["ArrowLeft"], shown: "←", does: "One step back" },
  { command: "step-forward", keys: ["ArrowRight"], shown: "→", does: "One step forward" },
  { command: "previous-event", keys: ["Shift+ArrowLeft"], shown: "Shift ←", does: "Previous event" },
  { command: "next-event", keys: ["Shift+ArrowRight"], shown: "Shift →", does: "Next event" },
  { command: "next-goal", keys: ["g"], shown: "G", does: "Next goal" },
  { command: "previous-goal", keys: ["Shift+G"], shown: "Shift G", does: "Previous goal" },
  { command: "start", keys: ["Home"], shown: "Home", does: "Start of the episode" },
  { command: "live", keys: ["l", "End"], shown: "L or End", does: "Back to live" },
  { command: "slower", keys: ["["], shown: "[", does: "Slower" },
  { command: "faster", keys: ["]"], shown: "]", does: "Faster" },
  { command: "next-match", keys: ["m"], shown: "M", does: "Next match" },
  { command: "camera", keys: ["c"], shown: "C", does: "Camera: automatic, whole pitch, close" },
  { command: "offside", keys: ["o"], shown: "O", does: "Offside line" },
  {
    command: "player",
    keys: ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
    shown: "1 to 9",
    does: "Follow the player with this number; again: his opponent; again: nobody",
  },
  { command: "eyes", keys: ["f"], shown: "F", does: "The agent's frame instead of the pitch" },
  { command: "players", keys: ["p"], shown: "P", does: "List of players" },
  { command: "analysis", keys: ["a"], shown: "A", does: "Analysis" },
  { command: "share", keys: ["s"], shown: "S", does: "Share this moment" },
  { command: "take", keys: ["t"], shown: "T", does: "Take a player over" },
  { command: "where", keys: ["w"], shown: "W", does: "Say who has the ball, and where" },
  { command: "help", keys: ["?"], shown: "?", does: "This help" },
];

/** Of `KeyboardEvent`, what counts. */
export interface KeyPress {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/**
 * What a key press asks for, undefined when it is none of ours. Without `characters` no key that writes one counts: who
 * speaks to his computer would press them by the way (WCAG 2.1.4).
 */
export function commandOf(press: KeyPress, characters = true): Command | undefined {
  if (press.ctrlKey || press.altKey || press.metaKey) return undefined;
  if (!characters && press.key.length === 1 && press.key !== " ") return undefined;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const shifted = `Shift+${press.key.length === 1 ? press.key.toUpperCase() : press.key}`;
  const binding =
    (press.shiftKey ? KEYS.find(({ keys }) => keys.includes(shifted)) : undefined) ??
    KEYS.find(({ keys }) => keys.includes(key) && (!press.shiftKey || key === "?"));
  return binding?.command;
}
