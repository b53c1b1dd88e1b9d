import { expect, it } from 'vitest';
import { chineseField } from '../rules/fields.ts';
import { parseUnit } from '../rules/units/units.server.ts';
import { compareScope, valuesOf } from './compare-scope.ts';
import { judgeRow } from './judge-row.ts';

it('a file that says no field takes none away', () => {
  const read = (field: string) => {
    const text = { field, instrument: '百分表', measurand: '示值误差', method: 'JJG 34-2022', range: '(0~10) mm', uncertainty: 'U=1.5 μm' };
    return valuesOf(judgeRow(text, { k: 2, field: 'general' }, parseUnit).rows[0]!, null);
  };
  const stored = [{ ...read('几何量'), id: 'a' }];
  expect(stored[0]?.fieldZh).not.toBe(chineseField('general'));
  expect(compareScope(stored, [read('')])).toMatchObject({ same: [0], changed: [], added: [], left: [] });
  expect(compareScope(stored, [read('力学')]).changed).toHaveLength(1);
});
