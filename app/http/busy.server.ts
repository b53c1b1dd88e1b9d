import { Problem } from '#app/core/problem.ts';
import { isOutOfReach } from '#db/errors.ts';

/** When it is worth coming back. */
export const AGAIN_SECONDS = 5;

/** A database that could not be had in time is nobody's mistake: the Problem `busy`. Every other error stays what it is. */
export const saidBusy = (error: unknown): unknown =>
  isOutOfReach(error) ? new Problem('busy', { seconds: AGAIN_SECONDS }, { cause: error }) : error;
