/** @file What a pointer and keys do on the pitch: choose, drag, pull at corners, draw a rubber band. */
import { signal } from "@preact/signals";
import { pitchOf, type Point, toMetres, toScenario } from "../../../env/football/index.ts";
import { type Area, areasOf, type Corner, CORNERS } from "./area.ts";
import type { Editor } from "./editor.ts";
import { Fingers, metresAt } from "./fingers.ts";
import { metresOf, positionOf, type Thing, thingsOf } from "./thing.ts";

/** Two points in metres. */
interface Band {
  from: Point;
  to: Point;
}

type Grip =
  | { kind: "things"; name: string; from: Point; moved: boolean; only: Thing | undefined }
  | { kind: "corner"; name: string; area: Area; corner: Corner }
  | { kind: "band"; from: Point; more: boolean };

/** How far an arrow moves: alone, with Shift, with Alt. */
const STEPS = { plain: 0.01, large: 0.05, small: 0.001 };
const WAYS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** A press of + or - makes it nearer or further by this. */
const NEARER = 1.5;
/** A pointer that moves less has not moved. */
const STILL_METRES = 0.25;

export class Hand {
  /** The rubber band, in metres. */
  readonly band = signal<Band | undefined>(undefined);
  readonly #editor: Editor;
  readonly #fingers: Fingers;
  #grip: Grip | undefined;
  #grips = 0;
  #points = false;

  constructor(editor: Editor) {
    this.#editor = editor;
    this.#fingers = new Fingers(editor);
  }

  down(event: PointerEvent, svg: SVGSVGElement): void {
    if (event.pointerType === "touch" && this.#fingers.down(event) > 1) {
      svg.setPointerCapture(event.pointerId);
      return this.#takeBack();
    }
    if (event.button !== 0 || !event.isPrimary) return;
    const at = pointerAt(event, svg);
    const target = gripped(event.target);
    // What is under the pointer is in sight; the pitch must not move beneath it.
    this.#points = true;
    (target?.sign ?? svg).focus({ preventScroll: true });
    this.#points = false;
    const more = event.shiftKey || event.ctrlKey || event.metaKey;
    const name = `grip ${++this.#grips}`;
    const { selection } = this.#editor.state.peek()!;
    if (target?.corner !== undefined) {
      const area = this.#areaOf(target.thing, target.member);
      if (area !== undefined) this.#grip = { kind: "corner", name, area, corner: target.corner };
    } else if (target !== undefined) {
      const { thing } = target;
      if (more) this.#editor.do({ do: "toggle", things: [thing] });
      else if (!selection.includes(thing)) this.#editor.do({ do: "select", things: [thing] });
      const only = !more && selection.length > 1 && selection.includes(thing) ? thing : undefined;
      this.#grip = { kind: "things", name, from: at, moved: false, only };
    } else if (event.pointerType === "mouse" || event.pointerType === "pen") {
      this.#grip = { kind: "band", from: at, more };
      if (!more) this.#editor.do({ do: "select", things: [] });
    } else this.#editor.do({ do: "select", things: [] });
    svg.setPointerCapture(event.pointerId);
  }

  move(event: PointerEvent, svg: SVGSVGElement): void {
    const grip = this.#grip;
    this.#fingers.move(event, svg, grip !== undefined);
    if (grip === undefined) return;
    const at = pointerAt(event, svg);
    switch (grip.kind) {
      case "things": {
        const [x, y] = [at[0] - grip.from[0], at[1] - grip.from[1]];
        grip.moved ||= Math.abs(x) + Math.abs(y) > STILL_METRES;
        if (grip.moved) this.#editor.do({ do: "move", by: this.#inScenario([x, y]), gesture: grip.name });
        break;
      }
      case "corner": {
        const { area, corner, name } = grip;
        this.#editor.do({ do: "corner", area, corner, to: this.#inScenario(at), gesture: name });
        break;
      }
      case "band":
        this.band.value = { from: grip.from, to: at };
        break;
    }
  }

  up(event: PointerEvent, svg: SVGSVGElement): void {
    const grip = this.#grip;
    this.lose(event);
    if (grip?.kind === "things" && !grip.moved && grip.only !== undefined) {
      this.#editor.do({ do: "select", things: [grip.only] });
    }
    if (grip?.kind !== "band") return;
    const things = this.#within({ from: grip.from, to: pointerAt(event, svg) });
    const before = grip.more ? this.#editor.state.peek()!.selection : [];
    this.#editor.do({ do: "select", things: [...before, ...things] });
  }

  /** The pointer is gone. */
  lose(event: PointerEvent): void {
    this.#fingers.up(event);
    this.#letGo();
  }

  wheel(event: WheelEvent, svg: SVGSVGElement): void {
    this.#fingers.wheel(event, svg);
  }

  /** Brings what gets the focus by keys into sight. */
  show(target: EventTarget | null): void {
    if (this.#points) return;
    const place = this.#placeOf(gripped(target));
    if (place !== undefined) this.#editor.show(place);
  }

  /** A key on what has the focus. */
  press(event: KeyboardEvent): void {
    const target = gripped(event.target);
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === "a") this.#editor.do({ do: "select-all" });
    else if (command) return;
    else if (event.key === "Escape") this.#editor.do({ do: "select", things: [] });
    else if (event.key === "+" || event.key === "=") this.#editor.zoom(NEARER, this.#placeOf(target));
    else if (event.key === "-") this.#editor.zoom(1 / NEARER, this.#placeOf(target));
    else if (event.key === "0") this.#editor.zoom(0);
    else if (target === undefined) return;
    else if (event.key === " " || event.key === "Enter") {
      this.#editor.do({ do: event.shiftKey ? "toggle" : "select", things: [target.thing] });
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.#choose(target.thing);
      this.#editor.do({ do: "remove" });
    } else if (WAYS[event.key] !== undefined) {
      const step = event.shiftKey ? STEPS.large : event.altKey ? STEPS.small : STEPS.plain;
      const [x, y] = WAYS[event.key]!;
      this.#step(target, [x * step, y * step]);
      this.show(event.target);
    } else return;
    event.preventDefault();
  }

  #letGo(): void {
    this.#grip = undefined;
    this.band.value = undefined;
  }

  /** A second finger says that the first meant the pitch and not what it is on. */
  #takeBack(): void {
    const grip = this.#grip;
    this.#letGo();
    const gesture = this.#editor.state.peek()!.history.gesture?.name;
    if (grip !== undefined && grip.kind !== "band" && gesture === grip.name) this.#editor.do({ do: "undo" });
  }

  #step(target: Gripped, by: Point): void {
    const area = target.corner && this.#areaOf(target.thing, target.member);
    if (target.corner === undefined || area === undefined) {
      this.#choose(target.thing);
      return this.#editor.do({ do: "move", by });
    }
    const [x, y] = [area.x[target.corner[0]], area.y[target.corner[1]]];
    this.#editor.do({ do: "corner", area, corner: target.corner, to: [x + by[0], y + by[1]] });
  }

  /** Together with what is chosen, if it is of it. */
  #choose(thing: Thing): void {
    if (!this.#editor.state.peek()!.selection.includes(thing))
      this.#editor.do({ do: "select", things: [thing] });
  }

  #placeOf(target: Gripped | undefined): Point | undefined {
    return target && metresOf(this.#editor.scenario.peek()!, target.thing);
  }

  #areaOf(thing: Thing, member: string | undefined): Area | undefined {
    return areasOf(this.#editor.scenario.peek()!, thing).find((area) => area.member === member);
  }

  #inScenario([x, y]: Point): Point {
    return toScenario(pitchOf(this.#editor.scenario.peek()!.pitch), x, y);
  }

  #within({ from, to }: Band): Thing[] {
    const scenario = this.#editor.scenario.peek()!;
    const pitch = pitchOf(scenario.pitch);
    const inside = (point: Point): boolean => {
      const at = toMetres(pitch, point);
      return ([0, 1] as const).every(
        (axis) => at[axis] >= Math.min(from[axis], to[axis]) && at[axis] <= Math.max(from[axis], to[axis]),
      );
    };
    return thingsOf(scenario).filter((thing) => {
      const position = positionOf(scenario, thing);
      if (position !== undefined) return inside(position);
      const [, place] = thing.split(".");
      const obstacle = thing.startsWith("obstacle") ? scenario.obstacles?.[Number(place)] : undefined;
      if (obstacle !== undefined) return inside(obstacle.at);
      const zone = thing.startsWith("zone") ? scenario.zones?.[Number(place)] : undefined;
      return zone !== undefined && inside(zone.from) && inside(zone.to);
    });
  }
}

interface Gripped {
  sign: SVGElement;
  thing: Thing;
  member?: string;
  corner?: Corner;
}

/** What of the drawing is under the pointer, or has the focus. */
function gripped(target: EventTarget | null): Gripped | undefined {
  const sign = target instanceof Element ? target.closest<SVGElement>("[data-thing]") : null;
  const { thing, member, corner } = sign?.dataset ?? {};
  if (sign === null || thing === undefined) return undefined;
  const which = corner === undefined ? undefined : CORNERS[Number(corner)];
  return { sign, thing, ...(member !== undefined && { member }), ...(which && { corner: which }) };
}

function pointerAt({ clientX, clientY }: PointerEvent, svg: SVGSVGElement): Point {
  return metresAt(svg, [clientX, clientY]);
}
