import type { ReactElement } from 'react';

/** A component of app/ui and the states it can be in. */
export type Sample = {
  /** Names of what is shown, as app/ui exports them. */
  of: string[];
  states: { name: string; draw: () => ReactElement }[];
};
