/** All centres' scopes in memory, kept up to date with the tables: what search by need and the pictures of capability read. */
import { eq, inArray } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { type Live, live } from '#app/core/live.server.ts';
import type { Queries } from '#db/queries.ts';
import { capability } from '#db/schema/capability.ts';
import { accreditation } from '#db/schema/centres.ts';
import { type AccreditationKind, type Capability, comparedAs, declaredRange, type SecondParameter } from '../rules/capability.ts';
import { buildDesignations, type DesignationBook } from '../rules/designation-book.ts';
import { fieldKey } from '../rules/fields.ts';
import { buildVocabulary, type Vocabulary } from '../rules/instrument-names.ts';
import type { SimpleUncertainty, Uncertainty } from '../rules/uncertainty/uncertainty.ts';
import type { Unit } from '../rules/units/quantities.ts';
import { parseUnit } from '../rules/units/units.server.ts';
import { holdsAt } from '../rules/validity.ts';
import { buildIndex, type NeedIndex, remove, upsert } from './need-index.ts';

/** Past so many changes at once (an import, a seed) reading everything is cheaper than asking for each by its id. */
const MOST_AT_ONCE = 500;

export class Scopes {
  readonly capabilities = new Map<string, Capability>();
  readonly #ofCentre = new Map<string, Set<string>>();
  index: NeedIndex = buildIndex([]);
  #vocabulary: Vocabulary | undefined;
  #designations: DesignationBook | undefined;

  /** Instruments the scopes speak of; made again when one appears or goes. */
  get vocabulary(): Vocabulary {
    this.#vocabulary ??= buildVocabulary(this.capabilities.values());
    return this.#vocabulary;
  }

  /** Classes, types and sizes they state; likewise. */
  get designations(): DesignationBook {
    this.#designations ??= buildDesignations(this.capabilities.values());
    return this.#designations;
  }

  replaceAll(rows: Capability[]): void {
    this.capabilities.clear();
    this.#ofCentre.clear();
    for (const row of rows) this.#note(row);
    this.index = buildIndex(rows);
    this.#forgetNames();
  }

  put(row: Capability): void {
    const before = this.capabilities.get(row.id);
    if (before?.instrumentZh !== row.instrumentZh || before.designation !== row.designation) this.#forgetNames();
    this.#note(row);
    upsert(this.index, row);
  }

  drop(id: string): void {
    const row = this.capabilities.get(id);
    if (!row) return;
    this.capabilities.delete(id);
    this.#ofCentre.get(row.centreId)?.delete(id);
    this.#forgetNames();
    remove(this.index, id);
  }

  of(centreId: string): Capability[] {
    return this.rows(this.#ofCentre.get(centreId) ?? []);
  }

  /** The rows of these ids that still exist. */
  rows(ids: Iterable<string>): Capability[] {
    return [...ids].map((id) => this.capabilities.get(id)).filter((row) => row !== undefined);
  }

  #forgetNames(): void {
    this.#vocabulary = undefined;
    this.#designations = undefined;
  }

  #note(row: Capability): void {
    this.capabilities.set(row.id, row);
    const rows = this.#ofCentre.get(row.centreId) ?? new Set();
    this.#ofCentre.set(row.centreId, rows.add(row.id));
  }
}

export type LiveScopes = Live<Scopes>;

export function loadScopes(deps: Pick<Deps, 'db' | 'clock'>): LiveScopes {
  return live(deps, async () => {
    const scopes = new Scopes();
    const loadAll = async () => scopes.replaceAll(await deps.db.read((q) => readRows(q, deps.clock())));
    await loadAll();
    return {
      value: scopes,
      apply: async (changes) => {
        const ids = [...new Set(changes.filter((change) => change.kind === 'capability').map((change) => change.ref))];
        if (ids.length === 0) return;
        if (ids.length > MOST_AT_ONCE) return loadAll();
        const rows = await deps.db.read((q) => readRows(q, deps.clock(), ids));
        const found = new Set(rows.map((row) => row.id));
        for (const row of rows) scopes.put(row);
        for (const id of ids) if (!found.has(id)) scopes.drop(id);
      },
    };
  });
}

/** Rows that hold now; when others begin to or cease to, they are announced (turn-scopes.server.ts). */
async function readRows(q: Queries, now: number, ids?: string[]): Promise<Capability[]> {
  const joined = q.select().from(capability).leftJoin(accreditation, eq(accreditation.id, capability.accreditationId));
  const rows = await (ids ? joined.where(inArray(capability.id, ids)) : joined);
  return rows
    .filter((row) => holdsAt(row.capability, now))
    .map((row) => capabilityOf(row.capability, row.accreditation))
    .filter((row) => row !== null);
}

/** Null for a row whose unit is not known (any more): it is not offered rather than guessed at. */
function capabilityOf(row: typeof capability.$inferSelect, held: typeof accreditation.$inferSelect | null): Capability | null {
  const unit = parseUnit(row.unit);
  if (!unit.ok) return null;
  const said = row.uncertainty as Uncertainty;
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
