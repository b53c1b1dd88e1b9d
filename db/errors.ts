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
const has = (error: unknown, codes: ReadonlySet<string>, messages?: ReadonlySet<string>): boolean =>
  codesOf(error).some((code) => codes.has(code)) ||
  (messages !== undefined && causesOf(error).some(({ message }) => messages.has(message)));

/** What the data layer says itself, in the manner of the drivers: by a code. */
export class DatabaseTrouble extends Error {
  readonly code: 'CONNECTION_LOST' | 'COMMIT_UNSURE' | 'LINE_TOO_LONG';
  constructor(code: DatabaseTrouble['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const UNIQUE = new Set(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', '23505']);
/** Serialization failure and deadlock (PostgreSQL), a busy writer in another process (SQLite): worth trying again. */
const TRANSIENT = new Set(['40001', '40P01', 'SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT']);
/**
 * Nothing was written, and it may go well in a moment: a lock was not given in time (55P03), a statement took too long (57014), the
 * server starts, stops or is full (57P03, 53300), nobody listens there, or the connection broke before anything was committed.
 */
const OUT_OF_REACH = new Set([
  ...TRANSIENT,
  'SQLITE_BUSY_RECOVERY',
  'SQLITE_BUSY_TIMEOUT',
  'SQLITE_LOCKED',
  '55P03',
  '57014',
  '57P03',
  '53300',
  'ECONNREFUSED',
  'CONNECTION_LOST',
  'LINE_TOO_LONG',
]);
/** The pool gives its own errors no code. */
const NO_CONNECTION = new Set(['timeout exceeded when trying to connect', 'Connection terminated due to connection timeout']);
/** The server or the network between ended the connection (class 08; 57P01, 57P02; 25P03: it was idle in a transaction for too long). */
const LOST = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', '08000', '08003', '08006', '57P01', '57P02', '25P03']);
const LOST_WORDS = new Set(['Connection terminated unexpectedly', 'Connection terminated']);
/** Found to be lost before anything was sent on it. */
const UNSENT_WORDS = new Set(['Client has encountered a connection error and is not queryable', 'Client was closed and is not queryable']);
const SILENT_WORDS = new Set(['Query read timeout']);
/**
 * No room, or not allowed to write: the disk is full (SQLITE_FULL, 53100, ENOSPC, EDQUOT; EFBIG: a limit on files), it fails (58030), or
 * what is written to is read-only (25006 is also what a former primary says). What was written by the transaction is undone.
 */
const UNWRITABLE =
  /^(SQLITE_FULL|SQLITE_READONLY\w*|SQLITE_IOERR\w*|SQLITE_CANTOPEN\w*|53100|58030|25006|ENOSPC|EDQUOT|EROFS|EFBIG|EIO|EACCES|EPERM)$/;

export const isUniqueViolation = (error: unknown): boolean => has(error, UNIQUE);
export const isTransient = (error: unknown): boolean => has(error, TRANSIENT);
/** Whether the connection broke; `isUnsent`: before what failed was sent. */
export const isLost = (error: unknown): boolean => has(error, LOST, LOST_WORDS) || isUnsent(error);
export const isUnsent = (error: unknown): boolean => has(error, new Set(), UNSENT_WORDS);
/** Whether the server was asked and did not answer in time: it may still be at work, on a connection that is of no use any more. */
export const isSilent = (error: unknown): boolean => has(error, new Set(), SILENT_WORDS);
/** Whether the answer to a COMMIT was lost: it may have been done. */
export const isUnsure = (error: unknown): boolean => codesOf(error).includes('COMMIT_UNSURE');
/** Whether the database could not be had in time: nothing is wrong with what was asked, and nothing was changed. */
export const isOutOfReach = (error: unknown): boolean => !isUnsure(error) && has(error, OUT_OF_REACH, NO_CONNECTION);
/** Whether nothing can be written at present: nothing was changed, and reading goes on. */
export const isUnwritable = (error: unknown): boolean => codesOf(error).some((code) => UNWRITABLE.test(code));
