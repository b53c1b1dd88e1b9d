import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import seed from '#seeds/data/capabilities-demo.json' with { type: 'json' };
import { commonLexicon } from '../words/lexicon.ts';
import { buildVocabulary, resolve } from './instrument-names.ts';

const rows = seed.rows.map((r) => ({ instrumentZh: r.instrument_zh, instrumentEn: r.instrument_en }));
const vocabulary = buildVocabulary(rows);
const first = (text: string) => resolve(vocabulary, text, 5)[0]?.zh;

describe('resolve', () => {
  it.each([
    ['千分尺', '外径千分尺'],
    ['外径千分尺', '外径千分尺'],
    ['micrometer', '外径千分尺'],
    ['Outside Micrometers', '外径千分尺'],
    ['０－25mm 外径千分尺 校准', '外径千分尺'],
    ['压力表', '一般压力表'],
    ['pressure gauge', '一般压力表'],
    ['Pressure Gages', '一般压力表'],
    ['精密压力表', '精密压力表'],
    ['万用表', '数字多用表'],
    ['ＤＭＭ', '数字多用表'],
    ['PT100', '工业铂热电阻'],
    ['量块', '量块（钢）'],
    ['三坐标', '三坐标测量机'],
    ['torque wrench', '扭矩扳子'],
    ['扭力扳手', '扭矩扳子'],
    ['oscilloscopes', '数字示波器'],
    ['digital thermo-hygrometer', '数字温湿度计'],
    ['gauge dial', '百分表'],
    ['天平', '电子天平'],
    ['micrometr', '外径千分尺'],
    ['游标卡吃', '游标卡尺'],
    ['遊標卡尺', '游标卡尺'],
    ['萬用表', '数字多用表'],
    ['螺旋测微器', '外径千分尺'],
    ['qianfenchi', '外径千分尺'],
    ['qfc', '外径千分尺'],
    ['wanyongbiao', '数字多用表'],
    ['千份尺', '外径千分尺'],
    ['torque wrenches', '扭矩扳子'],
    ['pressure gage', '一般压力表'],
    ['spectrum analysers', '频谱分析仪'],
    ['osciloscope', '数字示波器'],
    ['LUX-METER', '光照度计'],
  ])('%s is %s', (text, zh) => {
    expect(first(text)).toBe(zh);
  });

  it('offers every micrometer for 千分尺', () => {
    expect(resolve(vocabulary, '千分尺', 10).map((c) => c.zh)).toEqual(expect.arrayContaining(['外径千分尺', '内径千分尺', '深度千分尺']));
  });

  it.each(['', '   ', '（）', 'qqqq', '🙂🙂', '火箭'])('offers nothing for %j', (text) => {
    expect(resolve(vocabulary, text, 5)).toEqual([]);
  });

  it('finds every instrument by its own names, whatever the width and case', () => {
    for (const { instrumentZh, instrumentEn } of rows) {
      for (const text of [instrumentZh, instrumentEn.toUpperCase(), ` ${instrumentZh}`]) {
        const best = resolve(vocabulary, text, 20);
        expect(
          best.filter((c) => c.score === 1).map((c) => c.zh),
          text,
        ).toContain(instrumentZh);
      }
    }
  });

  it('knows other names of every instrument of the demonstration', () => {
    expect(rows.filter((row) => commonLexicon().named(row.instrumentZh).length === 0).map((row) => row.instrumentZh)).toEqual([]);
  });

  it('never throws, is sorted and bounded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.integer({ min: 0, max: 8 }), (text, limit) => {
        const found = resolve(vocabulary, text, limit);
        expect(found.length).toBeLessThanOrEqual(limit);
        expect(found.map((c) => c.score)).toEqual(found.map((c) => c.score).sort((a, b) => b - a));
      }),
    );
  });
});
