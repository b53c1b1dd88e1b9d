import type { Deps } from '#app/core/deps.ts';
import { expireOverdue } from './expire-overdue.server.ts';

/** Ends requests the centre left unanswered. @returns how many ended */
export const expireRequests = (deps: Pick<Deps, 'db' | 'clock' | 'log' | 'tell'>): Promise<number> => expireOverdue(deps, 'requested');
