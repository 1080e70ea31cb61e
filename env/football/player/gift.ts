/** @file What a player has besides his skill, as a scenario and a match both name it. */

export interface Gifts {
  pace?: number;
  strength?: number;
  stamina?: number;
  height?: number;
}

/** Those that he has, and no keys for the others. */
export function giftsOf({ pace, strength, stamina, height }: Gifts): Gifts {
  return {
    ...(pace !== undefined && { pace }),
    ...(strength !== undefined && { strength }),
    ...(stamina !== undefined && { stamina }),
    ...(height !== undefined && { height }),
  };
}
