/** @file Fingers and the wheel on the pitch: two fingers bring it nearer and move it, one moves it while it is near. */
import type { Point } from "../../../env/football/index.ts";
import type { Editor } from "./editor.ts";

/** Pixels of the wheel that make it twice as near. */
const PIXELS_TWICE = 300;

export class Fingers {
  readonly #editor: Editor;
  /** Where they are, in pixels of the page. */
  readonly #places = new Map<number, Point>();

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  /** How many are down now. */
  down({ pointerId, clientX, clientY }: PointerEvent): number {
    return this.#places.set(pointerId, [clientX, clientY]).size;
  }

  up({ pointerId }: PointerEvent): void {
    this.#places.delete(pointerId);
  }

  /** A finger that holds something on the pitch does not move the pitch. */
  move({ pointerId, clientX, clientY }: PointerEvent, svg: SVGSVGElement, holds: boolean): void {
    if (!this.#places.has(pointerId)) return;
    const before = [...this.#places.values()];
    this.#places.set(pointerId, [clientX, clientY]);
    if (holds) return;
    const after = [...this.#places.values()];
    const [from, to] = [middleOf(before), middleOf(after)];
    const pixels = pixelsOf(svg);
    const factor = before.length < 2 ? 1 : spreadOf(after) / Math.max(1, spreadOf(before));
    this.#editor.zoom(factor, metresAt(svg, from));
    const near = pixels * factor;
    this.#editor.pan([(from[0] - to[0]) / near, (from[1] - to[1]) / near]);
  }

  /** With Ctrl, which is what a trackpad's two fingers say, nearer; else it moves what is near. */
  wheel(event: WheelEvent, svg: SVGSVGElement): void {
    if (event.ctrlKey || event.metaKey) {
      const factor = 2 ** (-event.deltaY / PIXELS_TWICE);
      this.#editor.zoom(factor, metresAt(svg, [event.clientX, event.clientY]));
    } else if (this.#editor.lens.peek().zoom > 1) {
      const pixels = pixelsOf(svg);
      this.#editor.pan([event.deltaX / pixels, event.deltaY / pixels]);
    } else return;
    event.preventDefault();
  }
}

/** Where on the pitch a point of the page is, in metres. */
export function metresAt(svg: SVGSVGElement, [clientX, clientY]: Point): Point {
  const matrix = svg.getScreenCTM();
  if (matrix === null) return [0, 0];
  const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse());
  return [x, y];
}

/** In a metre. */
function pixelsOf(svg: SVGSVGElement): number {
  return svg.getScreenCTM()?.a ?? 1;
}

function middleOf(places: readonly Point[]): Point {
  const [first, second = first!] = places;
  return [(first![0] + second[0]) / 2, (first![1] + second[1]) / 2];
}

function spreadOf([first, second]: readonly Point[]): number {
  return Math.hypot(first![0] - second![0], first![1] - second![1]);
}
