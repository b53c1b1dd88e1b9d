/** The engines' own errors, told apart in one place. Drizzle wraps them: the driver's error is the cause. */
const causesOf = (error: unknown): Error[] => {
  const causes: Error[] = [];
  for (let e = error; e instanceof Error && causes.length < 8; e = e.cause) causes.push(e);
  return causes;
};
const codesOf = (error: unknown): string[] =>
  causesOf(error).flatMap((e) => {
    const { code } = e as { code?: unknown };
    return typeof code === 'string' ? [code] : [];
  });

const UNIQUE = new Set(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', '23505']);
/** Serialization failure and deadlock (PostgreSQL), a busy writer in another process (SQLite): worth trying again. */
const TRANSIENT = new Set(['40001', '40P01', 'SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT']);
/**
 * Nothing was written, and it may go well in a moment: a lock was not given in time (55P03), the server starts, stops or is full
 * (57P03, 53300), nobody listens there. Not a connection that breaks: what it was told may have been done.
 */
const OUT_OF_REACH = new Set([
  ...TRANSIENT,
  'SQLITE_BUSY_RECOVERY',
  'SQLITE_BUSY_TIMEOUT',
  'SQLITE_LOCKED',
  '55P03',
  '57P03',
  '53300',
  'ECONNREFUSED',
]);
/** The pool gives its own error no code. */
const NO_CONNECTION = 'timeout exceeded when trying to connect';

export const isUniqueViolation = (error: unknown): boolean => codesOf(error).some((code) => UNIQUE.has(code));
export const isTransient = (error: unknown): boolean => codesOf(error).some((code) => TRANSIENT.has(code));
/** Whether the database could not be had in time: nothing is wrong with what was asked, and nothing was changed. */
export const isOutOfReach = (error: unknown): boolean =>
  codesOf(error).some((code) => OUT_OF_REACH.has(code)) || causesOf(error).some(({ message }) => message === NO_CONNECTION);
