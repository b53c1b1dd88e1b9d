/** What a module tells the composition (http/modules.ts) about itself, so that a new one edits no list but that of the modules. */
import type { Deps } from './deps.ts';
import type { Hooks } from './hooks.ts';
import type { Letters } from './letter.ts';
import type { MailKind } from './mail.server.ts';
import type { Handlers } from './outbox.server.ts';
import type { ProblemCode } from './problem.ts';

export type Task = {
  /** Names the lease too. */
  name: string;
  everyMs: number;
  /** `signal` says that the process is going: what can stop half-way should. */
  run: (signal: AbortSignal) => Promise<unknown>;
  /** Runs in every process at once, because it leases what it works on row by row (the outbox). */
  everywhere?: boolean;
};

type Words = (inputs?: Record<string, never>, options?: { locale?: 'zh-CN' | 'en' }) => string;
/** Of a problem: its HTTP status and its words; `text` says what happened and what was kept, `next` what to do. */
export type Meaning = readonly [status: number, title: Words, text: Words, next: Words];
export type Problems = Partial<Record<ProblemCode, Meaning>>;

/** `Needs`: what of the process's services the module is handed. */
export type Module<Needs> = {
  /** Every code the module adds to ProblemCodes (core/problem.ts); the composition does not compile when one has no meaning. */
  problems?: Problems;
  /** A letter for every kind of mail the module adds to MailFacts (core/mail); the same holds. */
  letters?: Partial<Letters<MailKind>>;
  /** Background work. */
  tasks?: (deps: Needs) => Task[];
  /** Takes away what is past its time, once an hour. */
  tidy?: (deps: Pick<Deps, 'db' | 'clock'>) => Promise<unknown>;
  /** What follows in the same transaction from what other modules tell (core/hooks.ts). */
  hooks?: Hooks;
  /** What is done for the outbox rows of the module's topics. */
  effects?: (deps: Needs) => Handlers;
};

export const SECOND_MS = 1000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
