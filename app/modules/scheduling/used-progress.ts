import type { Progress } from '#db/schema/orders.ts';

/** Orders whose work has begun: what they claimed counts as used. */
export const USED_PROGRESS = ['in_service', 'reported', 'closed'] as const satisfies readonly Progress[];

export const isUsed = (progress: Progress): boolean => (USED_PROGRESS as readonly Progress[]).includes(progress);
