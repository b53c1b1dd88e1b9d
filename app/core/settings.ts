import { z } from 'zod';
import { smtpFault } from './smtp-url.ts';

const flag = z
  .enum(['', '0', '1', 'true', 'false'])
  .default('')
  .transform((value) => value === '1' || value === 'true');

const schema = z.object({
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  /** Address people reach the site at; links in mail and the origin check use it. */
  ORIGIN: z.url().optional(),
  DATA_FOLDER: z.string().min(1).default('./data'),
  /** postgres://…; without it, an SQLite file in the data folder. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres:// (leave it out for SQLite)')
    .optional(),
  DATABASE_READ_URLS: z.string().default(''),
  /** How long a request waits for a lock another program holds. */
  DATABASE_WAIT_SECONDS: z.coerce.number().min(0.1).max(300).default(15),
  /** PostgreSQL: connections per process and server; how long one is waited for, a statement may take, an unused one is kept. */
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(500).default(10),
  DATABASE_CONNECT_SECONDS: z.coerce.number().min(0.1).max(300).default(10),
  DATABASE_STATEMENT_SECONDS: z.coerce.number().min(0.1).max(3600).default(20),
  DATABASE_IDLE_SECONDS: z.coerce.number().min(1).max(86_400).default(10),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_(live|test)_/)
    .optional(),
  STRIPE_WEBHOOK_SECRETS: z.string().default(''),
  /** Of the stripe emulator; the variable keeps the name that people's scripts know. */
  STAND_IN_PORT: z.coerce.number().int().min(1).max(65535).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().min(3).default('Hengji <no-reply@localhost>'),
  /** Demonstration run: seeds, mailbox page, simulated payments. */
  DEMONSTRATION: flag,
  /** Number of proxies in front whose X-Forwarded-For is believed. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** `host:port` of calendars that may be read in private networks and without TLS. */
  CALENDAR_HOSTS: z.string().default(''),
  /** A bucket that speaks S3, for the files people bring; without it, the data folder. */
  S3_BUCKET_URL: z.url({ protocol: /^https?$/ }).optional(),
  S3_REGION: z.string().min(1).default('auto'),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  /** Seals the audit log; needed where several machines serve one database, else a file in the data folder holds one. */
  AUDIT_KEY: z.string().min(32).optional(),
  /** Who brings it reads /metrics (`Authorization: Bearer …`); without it there is no such address. */
  METRICS_TOKEN: z.string().min(16).optional(),
  /** Seals what authenticators share with us; needed where several machines serve one database, else a file in the data folder holds one. */
  ACCOUNT_KEY: z.string().min(32).optional(),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
});

export type Settings = {
  port: number;
  origin: string;
  dataFolder: string;
  databaseUrl: string;
  /** Of PostgreSQL; `lockWaitMs` is SQLite's too. */
  database: {
    readReplicas: string[];
    lockWaitMs: number;
    poolSize: number;
    connectMs: number;
    statementMs: number;
    idleMs: number;
  };
  stripe: { secretKey: string; webhookSecrets: string[] } | undefined;
  emulatorPort: number;
  smtpUrl: string | undefined;
  mailFrom: string;
  demonstration: boolean;
  trustedProxies: number;
  calendarHosts: string[];
  bucket: { endpoint: string; region: string; accessKeyId: string; secretAccessKey: string } | undefined;
  auditKey: string | undefined;
  metricsToken: string | undefined;
  accountKey: string | undefined;
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
};

export type BadSetting = { name: string; problem: string };

/**
 * The environment, parsed once at start.
 * @returns the settings, or every bad one with what is wrong with it
 */
export function parseSettings(env: Record<string, string | undefined>): { settings: Settings } | { bad: BadSetting[] } {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) return { bad: parsed.error.issues.map((issue) => ({ name: issue.path.join('.'), problem: issue.message })) };
  const e = parsed.data;
  const list = (text: string) => text.split(/[\s,]+/).filter(Boolean);
  const bad: BadSetting[] = [];
  if (e.STRIPE_SECRET_KEY && list(e.STRIPE_WEBHOOK_SECRETS).length === 0)
    bad.push({ name: 'STRIPE_WEBHOOK_SECRETS', problem: 'is needed with STRIPE_SECRET_KEY, else no payment could be confirmed' });
  if (e.S3_BUCKET_URL && !(e.S3_ACCESS_KEY_ID && e.S3_SECRET_ACCESS_KEY))
    bad.push({ name: 'S3_BUCKET_URL', problem: 'needs S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY' });
  const smtp = e.SMTP_URL && smtpFault(e.SMTP_URL);
  if (smtp) bad.push({ name: 'SMTP_URL', problem: smtp });
  if (env.NODE_ENV === 'production' && !e.DEMONSTRATION) {
    if (!e.ORIGIN) bad.push({ name: 'ORIGIN', problem: 'is needed in production: the address people reach the site at' });
    if (!e.STRIPE_SECRET_KEY) bad.push({ name: 'STRIPE_SECRET_KEY', problem: 'is needed in production: payments are not simulated there' });
    if (!e.SMTP_URL) bad.push({ name: 'SMTP_URL', problem: 'is needed in production: without it no mail leaves' });
  }
  if (bad.length > 0) return { bad };
  return {
    settings: {
      port: e.PORT,
      origin: (e.ORIGIN ?? `http://localhost:${e.PORT}`).replace(/\/$/, ''),
      dataFolder: e.DATA_FOLDER,
      databaseUrl: e.DATABASE_URL ?? `${e.DATA_FOLDER}/hengji.sqlite`,
      database: {
        readReplicas: list(e.DATABASE_READ_URLS),
        lockWaitMs: inMs(e.DATABASE_WAIT_SECONDS),
        poolSize: e.DATABASE_POOL_SIZE,
        connectMs: inMs(e.DATABASE_CONNECT_SECONDS),
        statementMs: inMs(e.DATABASE_STATEMENT_SECONDS),
        idleMs: inMs(e.DATABASE_IDLE_SECONDS),
      },
      stripe: e.STRIPE_SECRET_KEY ? { secretKey: e.STRIPE_SECRET_KEY, webhookSecrets: list(e.STRIPE_WEBHOOK_SECRETS) } : undefined,
      emulatorPort: e.STAND_IN_PORT ?? e.PORT + 1,
      smtpUrl: e.SMTP_URL,
      mailFrom: e.MAIL_FROM,
      demonstration: e.DEMONSTRATION,
      trustedProxies: e.TRUSTED_PROXIES,
      bucket: bucketOf(e),
      calendarHosts: list(e.CALENDAR_HOSTS),
      auditKey: e.AUDIT_KEY,
      metricsToken: e.METRICS_TOKEN,
      accountKey: e.ACCOUNT_KEY,
      logLevel: e.LOG_LEVEL,
    },
  };
}

const inMs = (seconds: number) => Math.round(seconds * 1000);

function bucketOf(e: z.output<typeof schema>): Settings['bucket'] {
  const { S3_BUCKET_URL: endpoint, S3_REGION: region, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = e;
  return endpoint && accessKeyId && secretAccessKey ? { endpoint, region, accessKeyId, secretAccessKey } : undefined;
}
