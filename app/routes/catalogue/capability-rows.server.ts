/** Rows of a scope as a table shows them. */
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { Capability } from '#app/modules/capability/rules/capability.ts';
import { basisOf, type RowBasis } from '#app/modules/catalogue/accreditation/standing-of-service.ts';
import type { CapabilityRowView } from '#app/ui/capability-table.tsx';
import type { Family } from '#db/schema/centres.ts';
import { comparedU, statedU } from './uncertainty-words.ts';
import { parameterName, spanText } from './words.ts';

/** @param families the kinds of service the rows are shown for; left out: any by which measured values are sold */
export const capabilityRows = (rows: readonly Capability[], now: number, families?: readonly Family[]): CapabilityRowView[] =>
  rows.map((row) => ({ ...capabilityRow(row), basis: basisView(basisOf(row, now, families)) }));

function basisView(basis: RowBasis): NonNullable<CapabilityRowView['basis']> {
  if (basis.state === 'own') return { tone: '', text: m.catalogue_accreditation_own() };
  const { kind } = basis;
  return basis.state === 'accredited'
    ? { tone: 'ok', text: m.catalogue_accreditation_row({ kind }) }
    : { tone: 'stated', text: m.catalogue_accreditation_stated({ kind }) };
}

function capabilityRow(row: Capability): CapabilityRowView {
  const { range } = row;
  const parameters = row.parameters.map(
    ({ name, range: within }) => `${parameterName(name)} ${spanText({ min: within.min, max: within.max, unit: within.unit.code })}`,
  );
  const conditions = pick(row.conditions, row.conditionsEn ?? row.conditions);
  return {
    id: row.id,
    instrument: pick(row.instrumentZh, row.instrumentEn),
    measurand: pick(row.measurandZh, row.measurandEn ?? ''),
    range: range ? spanText({ min: range.min, max: range.max, unit: range.unit.code }) : m.capability_no_range(),
    designation: row.designation,
    uncertainty: statedU(row),
    compared: comparedU(row),
    method: row.method,
    // Stated as parameters already, conditions would say the same twice.
    conditions: parameters.length > 0 ? parameters.join(' · ') : conditions,
  };
}
