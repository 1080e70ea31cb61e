/** @file The scoreboard and the banner of a shared picture, as the page shows them over the pitch. */
import type { Scene } from "../../../env/frame/index.ts";
import { kitOf } from "../../../env/frame/index.ts";
import type { Banner } from "../../player/index.ts";
import type { MatchCard } from "../../protocol/index.ts";
import { clockText } from "../panel/text.ts";
import { css, NUMBER_FONT, outline } from "../stage/token.ts";

type Context = CanvasRenderingContext2D;

const HEIGHT = 40;
const DARK = "rgb(9 16 12 / 0.9)";
const LIGHT = "#f3f8f4";
const INK = "#0b130f";

interface Piece {
  text: string;
  back: string;
  colour: string;
  /** The sign of this team before or after the text. */
  team?: 0 | 1;
}

export function paintScore(context: Context, { lineup }: MatchCard, scene: Scene, width: number): void {
  const [left, right] = lineup.teams;
  const pieces: Piece[] = [
    { text: left.name, back: DARK, colour: LIGHT, team: 0 },
    { text: `${scene.score[0]} – ${scene.score[1]}`, back: LIGHT, colour: INK },
    { text: right.name, back: DARK, colour: LIGHT, team: 1 },
    { text: clockText(scene.clockSeconds), back: "rgb(40 50 44 / 0.92)", colour: LIGHT },
  ];
  paintPieces(context, pieces, width / 2, 14);
}

export function paintTitle(context: Context, banner: Banner, width: number, height: number): void {
  const goal = banner.kind === "goal";
  const pieces: Piece[] = [{ text: banner.title, back: goal ? "#ffe45c" : LIGHT, colour: INK }];
  if (banner.detail !== "") pieces.push({ text: banner.detail, back: DARK, colour: LIGHT });
  paintPieces(context, pieces, width / 2, height - HEIGHT - 22);
}

/** Side by side, in the middle at `centre`. */
function paintPieces(context: Context, pieces: readonly Piece[], centre: number, top: number): void {
  context.save();
  context.font = `600 24px "${NUMBER_FONT}", "Arial Narrow", sans-serif`;
  context.textBaseline = "middle";
  context.textAlign = "left";
  const widths = pieces.map(
    ({ text, team }) => context.measureText(text).width + (team === undefined ? 32 : 60),
  );
  let x = centre - widths.reduce((sum, width) => sum + width, 0) / 2;
  pieces.forEach(({ text, back, colour, team }, i) => {
    const width = widths[i]!;
    context.fillStyle = back;
    context.fillRect(x, top, width, HEIGHT);
    if (team !== undefined) paintKit(context, team, team === 0 ? x + 24 : x + width - 24, top + HEIGHT / 2);
    context.fillStyle = colour;
    context.fillText(text, x + (team === 0 ? 44 : 16), top + HEIGHT / 2 + 1);
    x += width;
  });
  context.restore();
}

function paintKit(context: Context, team: 0 | 1, x: number, y: number): void {
  const kit = kitOf({ team, keeper: false });
  context.save();
  context.translate(x, y);
  outline(context, team, 10);
  context.fillStyle = css(kit.shirt);
  context.fill();
  context.strokeStyle = css(kit.stripe ?? kit.rim);
  context.lineWidth = 2;
  context.stroke();
  context.restore();
}
