/** @file A model's words on a shared picture: broken into lines, and cut where the room ends. */
import { NUMBER_FONT } from "../stage/token.ts";

export interface Block {
  left: number;
  top: number;
  width: number;
  bottom: number;
  /** A line in small letters over the title. */
  kicker: string;
  title: string;
  words: string;
}

const LINE = 27;
const TEXT = '18px "Inter Variable", system-ui, sans-serif';

export function paintWords(context: CanvasRenderingContext2D, block: Block): void {
  const { left, top, width, bottom } = block;
  context.save();
  context.textBaseline = "alphabetic";
  context.textAlign = "left";
  context.fillStyle = "#9db0a5";
  context.font = TEXT.replace("18px", "15px");
  context.fillText(block.kicker, left, top, width);
  context.fillStyle = "#eaf1ec";
  context.font = `600 34px "${NUMBER_FONT}", "Arial Narrow", sans-serif`;
  context.fillText(block.title, left, top + 40, width);
  context.font = TEXT;
  const room = Math.max(0, Math.floor((bottom - top - 60) / LINE));
  const measure = (text: string): number => context.measureText(text).width;
  fitLines(block.words, width, room, measure).forEach((line, i) => {
    context.fillText(line, left, top + 80 + i * LINE, width);
  });
  context.restore();
}

/** The words in lines of this width; of more than `most` lines the last ends in an ellipsis. */
export function fitLines(
  words: string,
  width: number,
  most: number,
  measure: (text: string) => number,
): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words.split(/\s+/).filter(Boolean)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && measure(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  if (line !== "") lines.push(line);
  if (lines.length <= most) return lines;
  return [...lines.slice(0, Math.max(0, most - 1)), `${lines[most - 1] ?? ""} …`].slice(0, most);
}
