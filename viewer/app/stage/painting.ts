/**
 * @file When small pictures are painted: a few of them with each picture of the page, so that 64 which are told of at once do
 * not all fall into one; and only while they can be seen.
 */

/** 64 are through in 0.1 s, when the next are told of. */
const PER_FRAME = 12;

/** In the order in which they were told of first. */
const waiting = new Set<() => void>();

export function paintSoon(paint: () => void): void {
  if (waiting.size === 0) requestAnimationFrame(paintSome);
  waiting.add(paint);
}

function paintSome(): void {
  let left = PER_FRAME;
  for (const paint of waiting) {
    if (left-- === 0) break;
    waiting.delete(paint);
    paint();
  }
  if (waiting.size > 0) requestAnimationFrame(paintSome);
}

export interface Painted {
  /** There is something new to paint. */
  changed(): void;
  stop(): void;
}

/** Paints a picture, as soon as it can be seen, when it has changed or has another size, which `resize` is told. */
export function paintWhileSeen(
  canvas: HTMLCanvasElement,
  resize: (width: number, height: number) => void,
  paint: () => void,
): Painted {
  let seen = false;
  const changed = (): void => {
    if (seen) paintSoon(paint);
  };
  const sizes = new ResizeObserver(([entry]) => {
    if (entry === undefined) return;
    resize(entry.contentRect.width, entry.contentRect.height);
    changed();
  });
  const sight = new IntersectionObserver((entries) => {
    seen = entries.at(-1)?.isIntersecting === true;
    changed();
  });
  sizes.observe(canvas);
  sight.observe(canvas);
  return {
    changed,
    stop: () => {
      sizes.disconnect();
      sight.disconnect();
      waiting.delete(paint);
    },
  };
}
