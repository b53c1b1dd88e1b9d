/** Utilization: how the capacity of a park's centres is used. */
import type { Module } from '#app/core/module.ts';

/** What parks tells the composition: nothing yet. */
export const parks = {} as const satisfies Module<object>;
