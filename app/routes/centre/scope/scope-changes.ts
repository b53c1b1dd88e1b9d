/** A stored row beside what a file says of it now, column by column. */
import * as m from '#app/i18n/paraglide/messages.js';
import type { StoredValues } from '#app/modules/capability/import/compare-scope.ts';
import type { SecondParameter } from '#app/modules/capability/rules/capability.ts';
import { fieldKey } from '#app/modules/capability/rules/fields.ts';
import type { Uncertainty } from '#app/modules/capability/rules/uncertainty/uncertainty.ts';
import { printUncertainty } from '#app/modules/capability/rules/uncertainty/uncertainty-print.ts';
import { certificateName, fieldName, parameterName, spanText } from '#app/routes/catalogue/words.ts';
import { percent } from '#app/ui/format.ts';
import { columnName } from './scope-words.ts';

export interface HeldName {
  id: string;
  kind: string;
  number: string;
}

export interface ChangeLine {
  column: string;
  before: string;
  after: string;
}

type Print = (row: StoredValues, held: readonly HeldName[]) => string;

const range: Print = ({ rangeMin, rangeMax, unit }) =>
  rangeMin === 0 && rangeMax === 0 && unit === '1' ? '' : spanText({ min: rangeMin, max: rangeMax, unit });

const parameters: Print = ({ secondParameters }) =>
  (secondParameters as SecondParameter[])
    .map(({ name, range: { min, max, unit } }) => `${parameterName(name)} ${spanText({ min, max, unit: unit.code })}`)
    .join(' · ');

const accreditation: Print = ({ accreditationId }, held) => {
  const found = held.find(({ id }) => id === accreditationId);
  return found ? certificateName(found) : m.workbench_diff_accreditation_none();
};

const PRINTED: readonly [name: () => string, print: Print][] = [
  [() => columnName('uncertainty'), ({ uncertainty }) => printUncertainty(uncertainty as Uncertainty)],
  [() => columnName('k'), ({ coverageFactor }) => String(coverageFactor)],
  [() => columnName('range'), range],
  [m.workbench_diff_parameter, parameters],
  [() => columnName('instrument'), ({ instrumentZh }) => instrumentZh],
  [() => columnName('instrument_en'), ({ instrumentEn }) => instrumentEn],
  [() => columnName('measurand'), ({ measurandZh }) => measurandZh],
  [() => columnName('measurand_en'), ({ measurandEn }) => measurandEn],
  [() => columnName('method'), ({ method }) => method],
  [() => columnName('field'), ({ fieldZh }) => fieldName(fieldKey(fieldZh))],
  [() => columnName('designation'), ({ designation }) => designation],
  [() => columnName('conditions'), ({ conditionsZh }) => conditionsZh],
  [() => columnName('conditions_en'), ({ conditionsEn }) => conditionsEn],
  [m.workbench_diff_confidence, ({ confidence }) => (confidence === null ? '' : percent(confidence))],
  [m.workbench_diff_comparison, ({ comparisonFactor }) => String(Number(comparisonFactor.toPrecision(4)))],
  [() => m.capability_import_accreditation(), accreditation],
];

/** The columns that differ; a value that is not stated is called so. */
export const changeLines = ({ before, values }: { before: StoredValues; values: StoredValues }, held: readonly HeldName[]): ChangeLine[] =>
  PRINTED.flatMap(([name, print]) => {
    const [was, is] = [print(before, held), print(values, held)];
    return was === is ? [] : [{ column: name(), before: was || m.workbench_diff_none(), after: is || m.workbench_diff_none() }];
  });
