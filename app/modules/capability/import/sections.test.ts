import { expect, it } from 'vitest';
import { sectionsOf } from './sections.ts';

const line = (at: number, ...cells: string[]) => ({ line: at, cells });

it('a line that only names something begins a section; its rows are those below it, to the next or the end of the sheet', () => {
  const table = [
    line(1, '仪器', '范围', 'U'),
    line(2, '千分尺', '1 mm', '1 μm'),
    line(3, '一、长度', '', ''),
    line(4, '', '', ''),
    line(5, '卡尺', '1 mm', '1 μm'),
    line(6, '二、没有行'),
    line(7, '三、质量'),
    line(8, '天平', '1 g', '1 mg'),
    { ...line(1, '砝码', '1 g', '1 mg'), sheet: 1 },
  ];
  const stated = new Set(['0:2', '0:5', '0:8', '1:1']);
  expect(sectionsOf(table, [{ headings: 0 }, { headings: -1 }], stated)).toEqual([
    { key: '0:3', name: '一、长度', rows: ['0:5'] },
    { key: '0:7', name: '三、质量', rows: ['0:8'] },
  ]);
});
