/** @file The pitch that is drawn on: everything on it is chosen, dragged and moved by keys. */
import { useEffect, useRef, useState } from "preact/hooks";
import { pitchOf } from "../../../env/football/index.ts";
import { AreaSign, Corners, ObstacleSign, ScatterLines } from "./area-sign.tsx";
import { areasOf } from "./area.ts";
import type { Editor } from "./editor.ts";
import { Grass } from "./grass.tsx";
import { Hand } from "./hand.ts";
import { boxSeen, wholeBox } from "./lens.ts";
import { Piece } from "./piece.tsx";
import { isMember, kindOf, type Thing, thingsOf } from "./thing.ts";

/** In pixels, and in metres where that is more. */
const PIECE_PIXELS = 10;
const PIECE_METRES = 1.1;

export function Board({ editor }: { editor: Editor }) {
  const svg = useRef<SVGSVGElement>(null);
  const [hand] = useState(() => new Hand(editor));
  const [wide, setWide] = useState(1000);
  const { selection, history } = editor.state.value!;
  const scenario = history.present;
  const pitch = pitchOf(scenario.pitch);
  const whole = wholeBox(pitch);
  const lens = editor.lens.value;
  const box = boxSeen(whole, lens);
  const scale = wide / box.width;
  useEffect(() => {
    const element = svg.current!;
    const observer = new ResizeObserver(() => setWide(element.getBoundingClientRect().width));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const things = thingsOf(scenario);
  const of = (...kinds: string[]): Thing[] => things.filter((thing) => kinds.includes(kindOf(thing)));
  const radius = Math.max(PIECE_METRES, PIECE_PIXELS / scale);
  const sign = { editor, hand, scenario, pitch, scale, radius };
  const band = hand.band.value;
  return (
    <svg
      ref={svg}
      class="board"
      tabindex={-1}
      viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
      style={{ aspectRatio: `${whole.width / whole.height}` }}
      data-near={lens.zoom > 1}
      role="group"
      aria-label="Pitch: Tab goes from one to the next, arrows move it, Delete removes it; + and - bring the pitch nearer, 0 shows all of it"
      // What the pointer holds gets the focus, which the browser would else take away.
      onMouseDown={(event) => event.preventDefault()}
      onPointerDown={(event) => hand.down(event, svg.current!)}
      onPointerMove={(event) => hand.move(event, svg.current!)}
      onPointerUp={(event) => hand.up(event, svg.current!)}
      onPointerCancel={(event) => hand.lose(event)}
      onWheel={(event) => hand.wheel(event, svg.current!)}
      onFocusIn={(event) => hand.show(event.target)}
      onKeyDown={(event) => hand.press(event)}
    >
      <Grass pitch={pitch} box={whole} />
      {of("zone").map((thing) => (
        <AreaSign key={thing} {...sign} thing={thing} chosen={selection.includes(thing)} />
      ))}
      <ScatterLines {...sign} />
      {of("shift").map((thing) => (
        <AreaSign key={thing} {...sign} thing={thing} chosen={selection.includes(thing)} />
      ))}
      {of("obstacle").map((thing) => (
        <ObstacleSign key={thing} {...sign} thing={thing} chosen={selection.includes(thing)} />
      ))}
      {things.filter(isMember).map((thing) => (
        <Piece key={thing} {...sign} thing={thing} chosen={selection.includes(thing)} />
      ))}
      {selection.flatMap((thing) =>
        areasOf(scenario, thing).map((area) => (
          <Corners key={`${area.thing} ${area.member ?? ""}`} {...sign} area={area} />
        )),
      )}
      {band !== undefined && (
        <rect
          class="band"
          x={Math.min(band.from[0], band.to[0])}
          y={Math.min(band.from[1], band.to[1])}
          width={Math.abs(band.to[0] - band.from[0])}
          height={Math.abs(band.to[1] - band.from[1])}
        />
      )}
    </svg>
  );
}

/** Once it is drawn. */
export function focusThing(thing: Thing | undefined): void {
  requestAnimationFrame(() => document.querySelector<SVGElement>(`.board [data-thing="${thing}"]`)?.focus());
}
