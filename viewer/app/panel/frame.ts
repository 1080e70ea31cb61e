/** @file An agent's frame on a canvas of the same size. */
import type { Frame } from "../../../env/frame/index.ts";

export function showFrame(canvas: HTMLCanvasElement, { width, height, data }: Frame): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const image = new ImageData(width, height);
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4) {
    image.data[to] = data[from]!;
    image.data[to + 1] = data[from + 1]!;
    image.data[to + 2] = data[from + 2]!;
    image.data[to + 3] = 255;
  }
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  context.putImageData(image, 0, 0);
}
