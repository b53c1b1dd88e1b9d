/** The scopes of all centres that are public in memory, kept up to date with the tables: what search by need and the pictures of capability read. */
import { setImmediate as breathe } from 'node:timers/promises';
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Change } from '#app/core/change-feed.server.ts';
import type { Saved } from '#app/core/columns.ts';
import type { Deps } from '#app/core/deps.ts';
import { type Keep, type Live, live } from '#app/core/live.server.ts';
import { accreditationFacts } from '#app/modules/centres/accreditation/accreditation-facts.server.ts';
import { isPublic } from '#app/modules/centres/centre-facts.server.ts';
import type { Queries } from '#db/queries.ts';
import { capability } from '#db/schema/capability.ts';
import { type AccreditationKind, type Capability, comparedAs, declaredRange, nameKey, type SecondParameter } from '../rules/capability.ts';
import { buildDesignations, type DesignationBook } from '../rules/designation-book.ts';
import { fieldKey } from '../rules/fields.ts';
import { buildVocabulary, type Vocabulary } from '../rules/instrument-names.ts';
import { ofItsResult } from '../rules/uncertainty/share-of-result.ts';
import type { SimpleUncertainty, Uncertainty } from '../rules/uncertainty/uncertainty.ts';
import type { Unit } from '../rules/units/quantities.ts';
import { parseUnit } from '../rules/units/units.server.ts';
import { holdsAt } from '../rules/validity.ts';
import type { KeptRows } from './kept-rows.ts';
import { emptyIndex, type NeedIndex, place, rebuild, remove, upsert } from './need-index.ts';

/** Rows read and put in place between two breaths of the process: some milliseconds, however many there are. */
const AT_ONCE = 100;

export class Scopes {
  readonly index: NeedIndex = emptyIndex();
  #vocabulary: Vocabulary | undefined;
  #designations: DesignationBook | undefined;

  get capabilities(): Pick<KeptRows, 'size' | 'get'> {
    return this.index.rows;
  }

  /** Instruments the scopes speak of; made again when one appears or goes. */
  get vocabulary(): Vocabulary {
    this.#vocabulary ??= buildVocabulary(this.index.rows.names());
    return this.#vocabulary;
  }

  /** Classes, types and sizes they state; likewise. */
  get designations(): DesignationBook {
    this.#designations ??= buildDesignations(this.index.rows.names());
    return this.#designations;
  }

  put(row: Capability): void {
    if (upsert(this.index, row)) this.#forgetNames();
  }

  drop(id: string): void {
    if (remove(this.index, id)) this.#forgetNames();
  }

  of(centreId: string): Capability[] {
    return this.index.rows.of(centreId);
  }

  countOf(centreId: string): number {
    return this.index.rows.countOf(centreId);
  }

  /** Accreditations that rows of the centre stand under, by their ids. */
  accreditationsOf(centreId: string): ReadonlySet<string> {
    return this.index.rows.accreditationsOf(centreId);
  }

  /** Units in which rows of an instrument state their ranges, with how many do. */
  unitsOf(instrumentZh: string): Map<string, number> {
    const { groups } = this.index;
    const counts = new Map<string, number>();
    for (const place of groups.byInstrument(nameKey(instrumentZh)))
      for (const { instrumentZh: own, range } of groups.lives(place) ? groups.at(place).variants.flat() : [])
        if (own === instrumentZh && range) counts.set(range.unit.code, (counts.get(range.unit.code) ?? 0) + 1);
    return counts;
  }

  /** The rows of these ids that still exist. */
  rows(ids: Iterable<string>): Capability[] {
    return [...ids].map((id) => this.index.rows.get(id)).filter((row) => row !== undefined);
  }

  #forgetNames(): void {
    this.#vocabulary = undefined;
    this.#designations = undefined;
  }

  save(): Saved {
    const { rows, groups, facts } = this.index;
    return { rows: rows.save(), groups: groups.save(), facts: facts.save() };
  }

  /** Into scopes that hold nothing yet. */
  load(saved: Saved): void {
    this.index.rows.load(saved.rows as Saved);
    this.index.groups.load(saved.groups as Saved);
    this.index.facts.load(saved.facts as Saved);
  }
}

export type LiveScopes = Live<Scopes>;

export function loadScopes(deps: Pick<Deps, 'db' | 'clock'>, keep?: Keep): LiveScopes {
  const following = (value: Scopes) => ({ value, apply: (changes: Change[]) => follow(deps, value, changes) });
  const load = async () => {
    const value = new Scopes();
    for (let after: string | undefined = ''; after !== undefined; ) {
      const found: Awaited<ReturnType<typeof readNext>> = await deps.db.read((q) => readNext(q, deps.clock(), after as string));
      for (const row of found.rows) place(value.index, row);
      after = found.last;
      await breathe();
    }
    for (let at = 0; at < value.index.groups.end; at++) {
      if (at % AT_ONCE === 0) await breathe();
      rebuild(value.index, at);
    }
    return following(value);
  };
  const restore = async (saved: Saved) => {
    const value = new Scopes();
    value.load(saved);
    return following(value);
  };
  const size = ({ capabilities }: Scopes) => capabilities.size;
  return live(deps, load, keep && { ...keep, name: 'scopes', size, save: (value) => value.save(), restore });
}

async function follow({ db, clock }: Pick<Deps, 'db' | 'clock'>, scopes: Scopes, changes: readonly Change[]): Promise<void> {
  const ids = [...new Set(changes.filter((change) => change.kind === 'capability').map((change) => change.ref))];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const rows = await db.read((q) => readRows(q, clock(), some));
    const found = new Set(rows.map((row) => row.id));
    for (const row of rows) scopes.put(row);
    for (const id of some) if (!found.has(id)) scopes.drop(id);
    if (from + AT_ONCE < ids.length) await breathe();
  }
}

function joined(q: Queries) {
  const held = accreditationFacts(q);
  return q.select().from(capability).leftJoin(held, eq(held.id, capability.accreditationId));
}
type Joined = Awaited<ReturnType<typeof joined>>;

/** Those that hold now; when others begin to or cease to, they are announced (turn-scopes.server.ts). */
const holding = (rows: Joined, now: number): Capability[] =>
  rows
    .filter((row) => holdsAt(row.capability, now))
    .map((row) => capabilityOf(row.capability, row.accreditation_facts))
    .filter((row) => row !== null);

const shown = isPublic(capability.centreId);

const readRows = async (q: Queries, now: number, ids: string[]) =>
  holding(await joined(q).where(and(inArray(capability.id, ids), shown)), now);

/** The scope of one centre from the tables: of one whose entry is not public yet, and is not kept here. */
export const readScope = async (q: Queries, now: number, centreId: string) =>
  holding(await joined(q).where(eq(capability.centreId, centreId)), now);

/** The next of all, by their ids; `after` is the last one read, and none is left where there is no `last`. */
async function readNext(q: Queries, now: number, after: string) {
  const rows = await joined(q)
    .where(and(gt(capability.id, after), shown))
    .orderBy(asc(capability.id))
    .limit(AT_ONCE);
  return { rows: holding(rows, now), last: rows.at(-1)?.capability.id };
}

/** Null for a row whose unit is not known (any more): it is not offered rather than guessed at. */
function capabilityOf(row: typeof capability.$inferSelect, held: Joined[number]['accreditation_facts']): Capability | null {
  const unit = parseUnit(row.unit);
  if (!unit.ok) return null;
  const said = ofItsResult(row.uncertainty as Uncertainty, unit.unit, row.measurandZh);
  const { comparisonFactor } = row;
  return {
    id: row.id,
    centreId: row.centreId,
    field: fieldKey(row.fieldZh),
    instrumentZh: row.instrumentZh,
    instrumentEn: row.instrumentEn,
    measurandZh: row.measurandZh,
    measurandEn: row.measurandEn || null,
    method: row.method,
    // Both ends zero, and no unit: a detection limit, stated without a range.
    range: row.rangeMin === 0 && row.rangeMax === 0 && row.unit === '1' ? null : declaredRange(row.rangeMin, row.rangeMax, unit.unit),
    parameters: row.secondParameters as SecondParameter[],
    ...comparedAs(said, comparisonFactor),
    uncertaintyUnit: uncertaintyUnit(said, unit.unit),
    k: row.coverageFactor,
    confidence: row.confidence,
    designation: row.designation,
    conditions: row.conditionsZh,
    ...(row.conditionsEn ? { conditionsEn: row.conditionsEn } : {}),
    remarks: '',
    accreditation: held && {
      kind: held.kind.toLowerCase() as AccreditationKind,
      validFrom: held.validFrom,
      validUntil: held.validUntil,
      check: { id: held.id, state: held.checkState, families: held.checkedFamilies },
    },
  };
}

/** The unit U is stated in: that of its absolute part; a share of the reading or of the full scale is in the range's. */
export function uncertaintyUnit(form: Uncertainty, range: Unit): Unit {
  const simple: SimpleUncertainty | undefined = form.form === 'table' ? form.cells[0]?.uncertainty : form;
  const code = simple && ('a' in simple ? simple.a.unit : 'u1' in simple ? simple.u1.unit : undefined);
  const stated = code === undefined ? undefined : parseUnit(code);
  return stated?.ok ? stated.unit : range;
}
