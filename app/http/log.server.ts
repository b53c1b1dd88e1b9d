import pino from 'pino';
import type { Log } from '#app/core/deps.ts';
import type { Settings } from '#app/core/settings.ts';
import { redactFacts } from './redact.ts';

export type ProcessLog = Log & { flush(): void };

/**
 * One JSON object per line. Every line of the product goes through here, and what it must not say is taken out here alone.
 * @param destination where the lines go: a file descriptor, standard output when left out
 */
export function createLog(settings: Settings, destination = 1): ProcessLog {
  const secrets = secretsOf(settings);
  const logger = pino(
    { level: settings.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: destination, sync: false }),
  );
  return {
    info: (facts, text) => logger.info(redactFacts(facts, secrets), text),
    warn: (facts, text) => logger.warn(redactFacts(facts, secrets), text),
    error: (facts, text) => logger.error(redactFacts(facts, secrets), text),
    flush: () => logger.flush(),
  };
}

/** A value shorter than this is an ordinary word; taking it out would black out parts of every line. */
const SHORTEST_SECRET = 6;

/** The keys and passwords the settings hold. */
function secretsOf({ stripe, bucket, auditKey, accountKey, metricsToken, databaseUrl, database, smtpUrl }: Settings): string[] {
  const addresses = [databaseUrl, ...database.readReplicas, smtpUrl ?? ''].filter((address) => URL.canParse(address));
  const passwords = addresses.map((address) => decodeURIComponent(new URL(address).password));
  const keys = [stripe?.secretKey, ...(stripe?.webhookSecrets ?? []), bucket?.secretAccessKey, auditKey, accountKey, metricsToken];
  return [...keys, ...passwords].filter((secret): secret is string => secret !== undefined && secret.length >= SHORTEST_SECRET);
}
