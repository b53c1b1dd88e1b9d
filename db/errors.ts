/** The engines' own errors, told apart in one place. Drizzle wraps them: the driver's error is the cause. */
const codesOf = (error: unknown): string[] => {
  const codes: string[] = [];
  for (let e = error; e instanceof Error && codes.length < 8; e = e.cause) {
    const code = (e as { code?: unknown }).code;
    if (typeof code === 'string') codes.push(code);
  }
  return codes;
};

const UNIQUE = new Set(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', '23505']);
/** Serialization failure and deadlock (PostgreSQL), a busy writer in another process (SQLite): worth trying again. */
const TRANSIENT = new Set(['40001', '40P01', 'SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT']);

export const isUniqueViolation = (error: unknown): boolean => codesOf(error).some((code) => UNIQUE.has(code));
export const isTransient = (error: unknown): boolean => codesOf(error).some((code) => TRANSIENT.has(code));
