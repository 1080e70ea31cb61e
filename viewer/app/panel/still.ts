/**
 * @file Parts of the page that stay as they are while others around them change. What they draw is not kept in a
 * `useMemo`: an element that is kept holds the one that it was first drawn in, which holds the one that was kept before
 * it, and so on back to the beginning of the match.
 */
import { Component } from "preact";
import type { ComponentChildren, ComponentType } from "preact";

/** A component that is drawn again only when one of its properties is another. */
export function still<Props extends object>(draw: (props: Props) => ComponentChildren): ComponentType<Props> {
  return class extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      const keys = Object.keys(next) as (keyof Props)[];
      return keys.some((key) => next[key] !== (this.props as Props)[key]);
    }

    override render(): ComponentChildren {
      return draw(this.props);
    }
  };
}
