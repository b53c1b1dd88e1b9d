import { createHash, createHmac } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, asc, desc, eq, gt, inArray, notExists, or } from 'drizzle-orm';
import type { Queries } from '#db/queries.ts';
import { auditDay, auditLog, auditSeal } from '#db/schema/core.ts';
import { audit, hashOf, START } from './audit.server.ts';
import { noteFindings } from './audit-findings.server.ts';
import type { Deps } from './deps.ts';
import { keyFrom } from './key-file.server.ts';

/**
 * - `broken`: a row does not fit the one before it, or says something else than it did
 * - `cut`: the chain is shorter than it was · `rewritten`: a row that was sealed is another, its hashes computed anew
 * - `removed`: the chain is gone · `seals`: seals themselves were changed or taken away
 * - `other_key`: the last day was sealed with another key, so nothing can be said of what was before
 */
export type AuditFault = 'broken' | 'cut' | 'rewritten' | 'removed' | 'seals' | 'other_key';
export type AuditFinding = { fault: AuditFault; chain: string; position: number };

/** So many rows at a time: other work goes on in between. */
const SLICE = 500;
/** The chain that says what the check found, and what was sealed. */
const AUDIT_CHAIN = 'audit';
const SEALED = 'audit.sealed';

type Row = typeof auditLog.$inferSelect;
type Seal = { position: number; hash: string };

/**
 * The key that seals the audit log: of the settings, or of a file in the data folder that is made at the first check. Whoever can write
 * to the database but has no key cannot seal what they changed.
 */
export const auditKey = ({ auditKey, dataFolder }: Deps['settings']): Buffer => keyFrom(auditKey, dataFolder, 'audit.key');

/**
 * Reads the whole audit log, holds every chain against what was sealed the last time, and seals what is in order: a chain with a fault
 * keeps its old seal, so that it is found again until somebody has looked. Findings go to the audit chain `audit`,
 * to the log and before the operator.
 */
export async function checkAudit(
  { db, clock, log }: Pick<Deps, 'db' | 'clock' | 'log'>,
  key: Buffer,
  signal?: AbortSignal,
): Promise<AuditFinding[]> {
  const mac = (...facts: (string | number)[]) => createHmac('sha256', key).update(JSON.stringify(facts)).digest('hex');
  const sealMac = (chain: string, { position, hash }: Seal) => mac('seal', chain, position, hash);
  const keyName = createHash('sha256').update(key).digest('hex').slice(0, 16);
  const findings = await checkSeals(db, mac, sealMac, keyName);
  const trusted = !findings.some(({ fault }) => fault === 'other_key');

  /** Sealed all at once with the day, so that a check left half-way changes nothing. */
  const grown: (typeof auditSeal.$inferInsert)[] = [];

  const finish = async (heads: Map<string, Head>) => {
    const sealed = new Map((await sealsOf(db, [...heads.keys()])).map((seal) => [seal.chain, seal]));
    for (const [chain, head] of heads) {
      const known = trusted ? sealed.get(chain) : undefined;
      const fault = faultOf(head, known);
      const at = { position: head.position, hash: head.hash };
      if (fault) findings.push({ fault: fault[0], chain, position: fault[1] });
      else if (known?.position !== at.position) grown.push({ chain, ...at, mac: sealMac(chain, at) });
    }
  };
  if (!(await walk(db, finish, signal))) return [];
  if (trusted) for (const chain of await db.read(removedChains)) findings.push({ fault: 'removed', chain, position: 0 });

  const now = clock();
  await db.write(async (tx) => {
    for (const { fault, chain, position } of findings)
      await audit(tx, { chain: AUDIT_CHAIN, actorId: null, action: `audit.${fault}`, data: { chain, position } }, now);
    await noteFindings(tx, findings, trusted, now);
    await seal(tx, grown);
    const day = await sealDay(tx, dayOf(now), mac, keyName);
    await audit(tx, { chain: AUDIT_CHAIN, actorId: null, action: SEALED, data: day }, now);
    log.info(day, 'audit log sealed'); // kept elsewhere, it witnesses what stood in the database that day
  });
  for (const finding of findings) log.error(finding, 'the audit log was changed');
  return findings;
}

type Head = Seal & { broken: number | undefined; hashes: Map<number, string> };
type Mac = (...facts: (string | number)[]) => string;

function faultOf(head: Head, sealed: Seal | undefined): [AuditFault, number] | undefined {
  if (head.broken !== undefined) return ['broken', head.broken];
  if (!sealed) return undefined;
  if (head.position < sealed.position) return ['cut', head.position + 1];
  return head.hashes.get(sealed.position) === sealed.hash ? undefined : ['rewritten', sealed.position];
}

/** Every chain once, whole, in slices. @returns false when the process is going */
async function walk(db: Deps['db'], finish: (heads: Map<string, Head>) => Promise<void>, signal?: AbortSignal): Promise<boolean> {
  let heads = new Map<string, Head>();
  let last: Row | undefined;
  for (;;) {
    if (signal?.aborted) return false;
    const rows = await db.read((q) => sliceAfter(q, last));
    for (const row of rows) {
      // Chains come one after the other: those before this one are whole.
      const head = heads.get(row.chain) ?? { position: 0, hash: START, broken: undefined, hashes: new Map() };
      const fits = row.position === head.position + 1 && row.previousHash === head.hash && hashOf(row) === row.hash;
      head.broken ??= fits ? undefined : row.position;
      head.position = row.position;
      head.hash = row.hash;
      head.hashes.set(row.position, row.hash);
      heads.set(row.chain, head);
    }
    const open = rows.length === SLICE ? rows.at(-1)?.chain : undefined;
    const over = new Map([...heads].filter(([chain]) => chain !== open));
    if (over.size > 0) await finish(over);
    heads = new Map([...heads].filter(([chain]) => chain === open));
    if (open === undefined) return true;
    last = rows.at(-1);
    await nextTurn();
  }
}

const sliceAfter = (q: Queries, last: Row | undefined): Promise<Row[]> =>
  q
    .select()
    .from(auditLog)
    .where(last && or(gt(auditLog.chain, last.chain), and(eq(auditLog.chain, last.chain), gt(auditLog.position, last.position))))
    .orderBy(asc(auditLog.chain), asc(auditLog.position))
    .limit(SLICE);

const sealsOf = (db: Deps['db'], chains: string[]) => db.read((q) => q.select().from(auditSeal).where(inArray(auditSeal.chain, chains)));

const removedChains = async (q: Queries): Promise<string[]> => {
  const any = q.select({ chain: auditLog.chain }).from(auditLog).where(eq(auditLog.chain, auditSeal.chain));
  return (await q.select({ chain: auditSeal.chain }).from(auditSeal).where(notExists(any)).orderBy(asc(auditSeal.chain))).map(
    ({ chain }) => chain,
  );
};

async function seal(tx: Queries, rows: (typeof auditSeal.$inferInsert)[]): Promise<void> {
  for (const { chain, ...at } of rows)
    await tx
      .insert(auditSeal)
      .values({ chain, ...at })
      .onConflictDoUpdate({ target: auditSeal.chain, set: at });
}

/** Whether the seals are those of the last day, each made with our key. */
async function checkSeals(
  db: Deps['db'],
  mac: Mac,
  sealMac: (chain: string, seal: Seal) => string,
  keyName: string,
): Promise<AuditFinding[]> {
  return db.read(async (q) => {
    const [day] = await q.select().from(auditDay).orderBy(desc(auditDay.day)).limit(1);
    const seals = await q.select().from(auditSeal);
    const fault = (of: AuditFault): AuditFinding[] => [{ fault: of, chain: '', position: 0 }];
    if (!day) return seals.length > 0 || (await wasSealed(q)) ? fault('seals') : [];
    if (day.keyName !== keyName) return fault('other_key');
    const sound = seals.every((one) => one.mac === sealMac(one.chain, one));
    return sound && day.digest === digestOf(seals) && day.mac === mac('day', day.day, day.chains, day.digest) ? [] : fault('seals');
  });
}

async function wasSealed(q: Queries): Promise<boolean> {
  const before = and(eq(auditLog.chain, AUDIT_CHAIN), eq(auditLog.action, SEALED));
  return (await q.select({ at: auditLog.at }).from(auditLog).where(before).limit(1)).length > 0;
}

/** The same whatever the order. */
function digestOf(seals: readonly { mac: string }[]): string {
  const hash = createHash('sha256');
  for (const one of seals.map(({ mac }) => mac).sort()) hash.update(one);
  return hash.digest('hex');
}

/** A day of the log, in UTC. */
const dayOf = (now: number) => new Date(now).toISOString().slice(0, 10);

/** The check, unless today's has been. */
export async function checkAuditDaily(deps: Pick<Deps, 'db' | 'clock' | 'log' | 'settings'>, signal?: AbortSignal): Promise<void> {
  const [today] = await deps.db.read((q) =>
    q
      .select()
      .from(auditDay)
      .where(eq(auditDay.day, dayOf(deps.clock()))),
  );
  if (!today) await checkAudit(deps, auditKey(deps.settings), signal);
}

async function sealDay(tx: Queries, day: string, mac: Mac, keyName: string): Promise<{ day: string; chains: number; digest: string }> {
  const seals = await tx.select({ mac: auditSeal.mac }).from(auditSeal);
  const digest = digestOf(seals);
  const row = { chains: seals.length, digest, keyName, mac: mac('day', day, seals.length, digest) };
  await tx
    .insert(auditDay)
    .values({ day, ...row })
    .onConflictDoUpdate({ target: auditDay.day, set: row });
  return { day, chains: seals.length, digest };
}
