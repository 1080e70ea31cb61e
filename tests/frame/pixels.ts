/** @file What the frame tests ask of pictures. */
import type { Frame } from "../../env/frame/index.ts";

/** Places of the pixels, y * width + x, in which two frames differ. */
export function changed(a: Frame, b: Frame): number[] {
  const places: number[] = [];
  for (let place = 0; place < a.width * a.height; place++) {
    const i = place * 3;
    if (a.data[i] !== b.data[i] || a.data[i + 1] !== b.data[i + 1] || a.data[i + 2] !== b.data[i + 2]) {
      places.push(place);
    }
  }
  return places;
}
