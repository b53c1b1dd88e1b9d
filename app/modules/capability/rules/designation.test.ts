import { describe, expect, it } from 'vitest';
import { designationKey, designationOf, rowDesignation, splitDesignation, standingOf, unmarkedDesignation } from './designation.ts';

describe('one designation, however printed', () => {
  it.each([
    ['E2', 'E2级'],
    ['E₂', 'class E2'],
    ['Ｅ２ 等级', 'e2'],
    ['K', 'K型'],
    ['Type K', '分度号K'],
    ['PT100', 'Pt 100'],
    ['0.4 级', 'Class 0.4'],
    ['准确度等级：1.6级'.replace('：', ' '), '1.6'],
  ])('%s is %s', (a, b) => {
    expect(designationKey(a)).toBe(designationKey(b));
  });
});

describe('how a row stands to what is asked', () => {
  it.each([
    ['E2', 'E2', 'same'],
    ['E1', 'E2', 'other'],
    ['E2', 'E1', 'other'],
    ['E1、E2', 'E2', 'same'],
    ['E1/E2', 'F1', 'other'],
    ['B/R/S', 'S型', 'same'],
    ['K', 'S', 'other'],
    ['M2~M100', 'M10', 'same'],
    ['M2~M100', 'M100', 'same'],
    ['M2~M100', 'M120', 'other'],
    ['M2~M100', 'M6~M24', 'same'],
    ['M2~M100', 'M6~M120', 'other'],
    ['M2-100', 'M10', 'same'],
    // Which classes lie between two of them is not for us to say.
    ['F1~M3', 'F2', 'unclear'],
    ['', 'E2', 'unclear'],
    ['E2', 'E1、E2', 'other'],
    ['0.4', '0.40 级', 'same'],
    ['Ra', 'Rz', 'other'],
    ['Pt100', 'Pt1000', 'other'],
    ['二等', '一等', 'other'],
  ])('%s, asked %s: %s', (row, asked, standing) => {
    expect(standingOf(designationOf(row), designationOf(asked)!)).toBe(standing);
  });
});

describe('a designation named with the instrument', () => {
  it.each([
    ['K型热电偶', '热电偶', 'k'],
    ['Ｋ型 热电偶', '热电偶', 'k'],
    ['热电偶（K型）', '热电偶', 'k'],
    ['E2级砝码', '砝码', 'e2'],
    ['E2等级砝码', '砝码', 'e2'],
    ['1.6级压力表', '压力表', '1.6'],
    ['二等标准铂电阻温度计', '标准铂电阻温度计', '二等'],
    ['type K thermocouple', 'thermocouple', 'k'],
    ['K-type thermocouples', 'thermocouples', 'k'],
    ['class E2 weights', 'weights', 'e2'],
    ['热电偶 分度号 S', '热电偶', 's'],
    ['B/R/S 型热电偶', '热电偶', 'b/r/s'],
  ])('%s', (text, rest, key) => {
    const found = splitDesignation(text);
    expect([found?.rest, found?.designation.key]).toEqual([rest, key]);
  });

  it.each(['外径千分尺', '三坐标测量机', '压力表', 'pressure gauge', 'class', '0.02 mm 卡尺', 'LCR 测试仪', '热电偶'])(
    'none in %s',
    (text) => {
      expect(splitDesignation(text)).toBeNull();
    },
  );

  it('is told from other words by what scopes state', () => {
    const weights = ['E2', 'F1'].map((text) => designationOf(text)!);
    expect(unmarkedDesignation('M1 砝码', () => weights)).toMatchObject({ rest: '砝码', designation: { key: 'm1' } });
    expect(unmarkedDesignation('LCR 砝码', () => weights)).toBeNull();
    expect(unmarkedDesignation('砝码 E2', () => weights)?.designation.key).toBe('e2');
    expect(unmarkedDesignation('螺纹塞规 M10', () => [designationOf('M2~M100')!])?.designation.key).toBe('m10');
    expect(unmarkedDesignation('热电偶 T', () => [designationOf('K')!])?.designation.key).toBe('t');
    expect(unmarkedDesignation('砝码', () => weights)).toBeNull();
  });

  it('is what a row states, or else its name', () => {
    const keyOf = (instrumentZh: string, designation = '') => rowDesignation({ instrumentZh, designation })?.key;
    expect([keyOf('砝码 E2'), keyOf('S型热电偶'), keyOf('热电偶', 'K'), keyOf('砝码'), keyOf('红外 CO2分析仪')]).toEqual([
      'e2',
      's',
      'k',
      undefined,
      undefined,
    ]);
  });
});
