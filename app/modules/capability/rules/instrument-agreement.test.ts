import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreements, type Instrument } from './instrument-agreement.ts';

const zh = (instrumentZh: string, instrumentEn = ''): Instrument => ({ instrumentZh, instrumentEn });
const judge = agreements([]);

describe('a text and the instrument of a scope', () => {
  it.each([
    ['外径千分尺校准', '外径千分尺'],
    ['千分尺检定', '外径千分尺'],
    ['螺旋测微器 现场校准', '外径千分尺'],
    ['卡尺校准（游标、数显、带表）', '游标卡尺'],
    ['数显卡尺校准', '数显卡尺'],
    ['高精度卡尺校准（上门）', '游标卡尺'],
    ['现场校准三坐标测量机', '三坐标测量机'],
    ['三坐标 现场校准', '三坐标测量机'],
    ['K 型热电偶校准', 'K型热电偶'],
    ['热电偶校准', 'N型热电偶'],
    ['外径千分尺、卡尺校准', '游标卡尺'],
    ['覆层与超声测厚仪校准', '覆层厚度测量仪'],
    ['扭矩仪与扭矩检定仪校准', '扭矩扳子检定仪'],
    ['砝码校准（F1、M1）', '砝码 F1'],
    ['0.05 级压力表检定', '一般压力表'],
    ['量块校准', '量块（钢）'],
    ['量块校准', '量块（陶瓷）'],
    ['ＬＣＲ 表校准', 'LCR表（交流电桥）'],
    ['耐电压测试仪校准', '耐电压测试仪'],
    ['压力校验仪校准', '压力校验仪'],
    ['示范测微仪校准', '示范测微仪100型'],
    ['精密测力仪校准', '精密测力仪 AB-20 型'],
  ])('%s speaks of %s', (text, name) => expect(judge(text, zh(name))).toBe('agrees'));

  it.each([
    ['卡尺校准', '百分表'],
    ['Caliper calibration', '百分表'],
    ['内径千分尺校准', '外径千分尺'],
    ['深度千分尺校准', '外径千分尺'],
    ['百分表校准', '内径百分表'],
    ['百分表校准', '千分表'],
    ['百分表检定仪校准', '百分表'],
    ['卡尺专用量块校准', '游标卡尺'],
    ['压力变送器校准', '温度变送器'],
    ['精密压力表校准', '一般压力表'],
    ['砝码校准（E2）', '砝码 F1'],
    ['数字温度计校准', '数字温湿度计'],
    ['液体流量计校准（电磁、涡轮、超声）', '超声波测厚仪'],
    ['电子天平现场校准', '电子汽车衡'],
    ['齿轮测量中心校准', '圆度仪'],
  ])('%s does not speak of %s', (text, name) => expect(['other', 'unknown']).toContain(judge(text, zh(name))));

  it.each(['计量校准服务', '通用量具校准', '仪器校准', '校准'])('%s names none', (text) => {
    expect(judge(text, zh('外径千分尺'))).toBe('silent');
  });

  it('in English: spelling, number and order are one; the last word decides', () => {
    const dial = zh('百分表', 'dial gauges (0.01 mm)');
    for (const text of ['Dial gauge calibration', 'Calibration of dial gages', 'On-site dial gauge testing'])
      expect(judge(text, dial)).toBe('agrees');
    for (const text of ['Dial gauge tester calibration', 'Vernier calliper calibration', 'Bore gauge calibration'])
      expect(['other', 'unknown']).toContain(judge(text, dial));
    expect(judge('Calliper calibration', zh('游标卡尺', 'vernier calipers'))).toBe('agrees');
  });

  it('in German as scopes of DAkkS state it', () => {
    const micrometers = zh('Bügelmessschrauben');
    for (const text of [
      'Bügelmessschrauben kalibrieren',
      'Kalibrierung von Bügelmessschrauben',
      'DAkkS-Kalibrierung für Bügelmessschrauben',
    ])
      expect(judge(text, micrometers)).toBe('agrees');
    expect(['other', 'unknown']).toContain(judge('Kalibrierung von Messuhren', micrometers));
  });

  it('knows what else the centre measures', () => {
    const scope = [zh('圆度仪'), zh('气浮圆度仪')];
    expect(agreements(scope)('圆度仪校准', zh('气浮圆度仪'))).toBe('other');
  });

  it('answers whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.string({ unit: 'grapheme', maxLength: 40 }), (text, name) => {
        expect(['agrees', 'other', 'unknown', 'silent']).toContain(judge(text, zh(name, text)));
      }),
    );
  });
});
