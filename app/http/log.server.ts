import pino from 'pino';
import type { Log } from '#app/core/deps.ts';
import type { Settings } from '#app/core/settings.ts';

export type ProcessLog = Log & { flush(): void };

/** Facts are chosen where they are logged; should one of these slip in all the same, it is not written. */
const NEVER = ['password', 'secret', 'token', 'cookie', 'authorization'].flatMap((name) => [name, `*.${name}`]);

/** One JSON object per line on standard output. */
export function createLog(level: Settings['logLevel']): ProcessLog {
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths: NEVER, censor: '…' } },
    pino.destination({ fd: 1, sync: false }),
  );
  return {
    info: (facts, text) => logger.info(facts, text),
    warn: (facts, text) => logger.warn(facts, text),
    error: (facts, text) => logger.error(facts, text),
    flush: () => logger.flush(),
  };
}

/** A link's secret (core/ids.server.ts: 27 URL-safe letters) may stand in a path; identifiers are longer and stay readable. */
const SECRET_SEGMENT = /\/[A-Za-z0-9_-]{27}(?=\/|\.data$|$)/g;

/** A path as it may be logged: no query, no secret. */
export const loggedPath = (path: string): string => path.replace(SECRET_SEGMENT, '/…');
