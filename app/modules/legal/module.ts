/** Terms, privacy, help and imprint in versions, and who agreed to which. */
import type { Module } from '#app/core/module.ts';

/** What legal tells the composition: nothing yet. */
export const legal = {} as const satisfies Module<object>;
