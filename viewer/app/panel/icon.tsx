/** @file The signs of the page, drawn as paths so that they take the colour of the text. */
import type { Icon as EventIcon } from "../../player/index.ts";

type Name =
  | EventIcon
  | "play"
  | "pause"
  | "back"
  | "forward"
  | "start"
  | "help"
  | "eye"
  | "camera"
  | "target"
  | "list"
  | "screens"
  | "gamepad"
  | "mind"
  | "event-back"
  | "event-forward"
  | "shirt"
  | "chart"
  | "share";

/** On a field of 20 by 20. Filled unless it starts with `~`: then it is a line. */
const PATHS: Record<Name, string> = {
  play: "M6 3.5v13l10.5-6.5z",
  pause: "M5 3.5h3.6v13H5zM11.4 3.5H15v13h-3.6z",
  back: "M4 4h2.4v12H4zM16 4v12l-8.4-6z",
  forward: "M13.6 4H16v12h-2.4zM4 4v12l8.4-6z",
  "event-back": "M3 4h2v12H3zM11 4v12l-6-6zM17.5 4v12l-6-6z",
  "event-forward": "M15 4h2v12h-2zM9 4l6 6-6 6zM2.5 4l6 6-6 6z",
  shirt: "~M7.4 3.4 3 5.6l1.3 3.6 1.9-.7v8.1h7.6V8.5l1.9.7L17 5.6l-4.4-2.2a2.6 2.6 0 0 1-5.2 0z",
  chart: "~M3 16.6h14M5.4 16.4v-5M10 16.4V4M14.6 16.4V8.5",
  share:
    "~M13.5 6.8a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM6 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM13.5 17.6a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM8 9l3.6-3M8 11l3.6 3",
  start: "M3 4h2v12H3zM11 4v12l-6-6zM17.5 4v12l-6-6z",
  help: "~M7.2 7.4a2.9 2.9 0 1 1 4.2 2.6c-.9.5-1.4 1-1.4 2.1M10 15.3v.4",
  eye: "~M1.8 10S4.8 4.4 10 4.4 18.2 10 18.2 10 15.2 15.6 10 15.6 1.8 10 1.8 10zM10 12.6a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2z",
  camera: "~M2.5 6h10v8.5h-10zM12.5 9l5-2.6v7.7l-5-2.6",
  target: "~M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  list: "~M3.5 5h.5M3.5 10h.5M3.5 15h.5M7.5 5h9M7.5 10h9M7.5 15h9",
  screens: "~M3 4.5h6v4.6H3zM11 4.5h6v4.6h-6zM3 11h6v4.6H3zM11 11h6v4.6h-6z",
  gamepad:
    "~M6 5.2h8a4 4 0 0 1 4 4v2.4a3 3 0 0 1-5.4 1.8l-.3-.4H7.7l-.3.4A3 3 0 0 1 2 11.6V9.2a4 4 0 0 1 4-4zM6.6 7.6v3M5.1 9.1h3M13 8.2v.3M14.6 10v.3",
  mind: "~M7.6 14.2c-.1-1.5-.8-2.2-1.6-3.1a5.2 5.2 0 1 1 8 0c-.8.9-1.5 1.6-1.6 3.1zM7.8 17.2h4.4",
  goal: "~M10 17.2a7.2 7.2 0 1 0 0-14.4 7.2 7.2 0 0 0 0 14.4zM10 6.8l3 2.2-1.1 3.6H8.1L7 9zM10 6.8V3M13 9l3.6-1.2M11.9 12.6l2.2 3M8.1 12.6l-2.2 3M7 9 3.4 7.8",
  shot: "~M3 15 14.5 5M8.5 4.6h6.3v6.2",
  save: "~M5.4 17V9.6L4 6.6l1.7-.9 1.8 2.7V3.6h1.8v4h.8V2.8h1.8v4.8h.8V3.9h1.8v8.3c0 2.7-1.4 4.8-4 4.8z",
  post: "~M3.5 17V4.5h13V17M7 17v-3M13 17v-3",
  pass: "~M3 10h12.5M11.4 5.8l4.4 4.2-4.4 4.2",
  tackle: "~M4 4l12 12M16 4 4 16",
  restart: "~M15.6 6.8A6.6 6.6 0 1 0 16.6 11M16.3 3v4.2h-4.2",
  corner: "~M5 17.5V2.8M5 3.4l9.5 3.2L5 10",
  out: "~M12.5 3v14M3 10h6.5M6.8 7.2 9.6 10l-2.8 2.8M15.5 6v1.4M15.5 12.4v1.4",
  whistle:
    "M8 6.2h10.2v4.3h-5.1A5.3 5.3 0 1 1 8 6.2zM8 9.4a2.1 2.1 0 1 0 0 4.2 2.1 2.1 0 0 0 0-4.2zM8.6 2.4h1.6v2.4H8.6z",
  "yellow-card": "M7.4 2.6l8.2 1.7-2.6 13.1-8.2-1.7z",
  "red-card": "M7.4 2.6l8.2 1.7-2.6 13.1-8.2-1.7z",
  flag: "~M4.6 17.5V2.8M4.6 3.4h11v7.4h-11M10.1 3.4v7.4M4.6 7.1h11",
  advantage: "~M2.8 6.2h9M8.9 3.2l3.1 3-3.1 3M8 13.8h9M14.1 10.8l3.1 3-3.1 3",
  penalty: "~M2.5 3.5h15M4.6 3.5v8.6h10.8V3.5M10 8.4v.2M7 12.1a3.6 3.6 0 0 0 6 0",
  half: "~M4 6.6h11.6M12.4 3.4l3.4 3.2-3.4 3.2M16 13.4H4.4M7.6 10.2l-3.4 3.2 3.4 3.2",
};

export function Icon({ name, size = 20 }: { name: Name; size?: number }) {
  const path = PATHS[name];
  const line = path.startsWith("~");
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" data-icon={name} aria-hidden="true" focusable="false">
      {line ? (
        <path
          d={path.slice(1)}
          fill="none"
          stroke="currentColor"
          stroke-width="1.6"
          stroke-linecap="round"
          stroke-linejoin="round"
        />
      ) : (
        <path d={path} fill="currentColor" fill-rule="evenodd" />
      )}
    </svg>
  );
}
