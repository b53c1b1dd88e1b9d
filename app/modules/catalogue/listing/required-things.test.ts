import { describe, expect, it } from 'vitest';
import { BLANK, type ListingContent } from './listing-content.ts';
import { confirmationOf, confirmedOf, otherInstruments } from './other-instruments.ts';
import { publishFaults } from './required-things.ts';

const whole: ListingContent = {
  ...BLANK,
  ...{ nameZh: '示范', summaryZh: '说明', unitNet: 100, poolIds: ['p'], scope: ['百分表 | JJG 34-2022'] },
};
const faults = (change: Partial<ListingContent>, address = '科技路 1 号') => publishFaults({ ...whole, ...change }, address);

describe('what a family needs before it is published', () => {
  it('is named by the field that says it', () => {
    expect(faults({})).toEqual({});
    expect(faults({ scope: [] })).toEqual({ scope: 'missing' });
    expect(faults({ family: 'testing' })).toEqual({ specification: 'method' });
    expect(faults({ family: 'testing', specification: 'GB/T 2423.3' })).toEqual({});
    expect(faults({ family: 'evaluation' })).toEqual({ scorecard: 'no_scorecard' });
    expect(faults({ family: 'evaluation', scorecard: [{ nameZh: '准确度', nameEn: '', percent: 100 }] })).toEqual({});
    expect(faults({ family: 'shared_equipment' })).toEqual({ operation: 'missing' });
  });

  it('is an address, where something is brought, sent or attended', () => {
    expect(faults({}, ' ')).toEqual({ deliveryModes: 'address' });
    expect(faults({ deliveryModes: ['courier'] }, '')).toEqual({ deliveryModes: 'address' });
    expect(faults({ deliveryModes: ['on_site', 'remote'] }, '')).toEqual({});
    expect(faults({ family: 'reference_material', deliveryModes: ['courier'] }, '')).toEqual({});
    expect(faults({ family: 'reference_material', deliveryModes: ['at_centre'] }, '')).toEqual({ deliveryModes: 'address' });
  });
});

describe('rows of instruments a service does not name', () => {
  const scope = [
    { instrumentZh: '百分表', instrumentEn: 'dial gauges', method: 'JJG 34-2022' },
    { instrumentZh: '游标卡尺', instrumentEn: 'vernier calipers', method: 'JJG 30-2012' },
    { instrumentZh: '三坐标测量机', instrumentEn: 'coordinate measuring machines', method: 'JJF 1064-2010' },
  ];
  const [dial, caliper, cmm] = ['百分表 | JJG 34-2022', '游标卡尺 | JJG 30-2012', '三坐标测量机 | JJF 1064-2010'];
  const named = (change: Partial<ListingContent>) => otherInstruments({ ...whole, ...change }, scope).map((one) => one.instrumentZh);

  it('are told, whichever field says so', () => {
    expect(named({ nameZh: '卡尺校准', scope: [dial!] })).toEqual(['百分表']);
    expect(named({ nameZh: '卡尺校准', instrumentZh: '百分表', scope: [dial!] })).toEqual(['百分表']);
    expect(named({ nameZh: '计量校准', instrumentZh: '卡尺', scope: [dial!] })).toEqual(['百分表']);
    expect(named({ nameZh: '卡尺校准', nameEn: 'Dial gauge calibration', scope: [caliper!] })).toEqual(['游标卡尺']);
    expect(named({ nameZh: '卡尺校准', scope: [dial!, caliper!] })).toEqual(['百分表']);
    expect(named({ nameZh: '卡尺、百分表校准', scope: [dial!, caliper!] })).toEqual([]);
    expect(named({ nameZh: '卡尺校准', scope: [] })).toEqual([]);
  });

  it('of a test are told only where another instrument is named: a test is done with one, not for one', () => {
    expect(named({ family: 'testing', nameZh: '零件尺寸检测', instrumentZh: '机械零件', scope: [cmm!] })).toEqual([]);
    expect(named({ family: 'testing', nameZh: '卡尺性能测试', instrumentZh: '卡尺', scope: [dial!] })).toEqual(['百分表']);
  });

  it('are confirmed for this name and these rows', () => {
    const service = { ...whole, nameZh: '卡尺校准', scope: [dial!] };
    const key = confirmationOf(service, otherInstruments(service, scope));
    expect(key).toContain('卡尺校准');
    expect(confirmedOf(key, scope).map((one) => one.instrumentZh)).toEqual(['百分表']);
    const renamed = { ...service, nameZh: '卡尺检定' };
    expect(confirmationOf(renamed, otherInstruments(renamed, scope))).not.toBe(key);
    const more = { ...service, scope: [dial!, cmm!] };
    expect(confirmationOf(more, otherInstruments(more, scope))).not.toBe(key);
    expect(confirmedOf('', scope)).toEqual([]);
  });
});
