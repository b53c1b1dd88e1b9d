/** Rows of a scope as a table shows them. */
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { Capability } from '#app/modules/capability/capability.ts';
import type { CapabilityRowView } from '#app/ui/capability-table.tsx';
import { comparedU, statedU } from './uncertainty-words.ts';
import { parameterName, spanText } from './words.ts';

export function capabilityRow(row: Capability): CapabilityRowView {
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
