import { describe, expect, it } from 'vitest';
import { checkStep } from '#app/modules/centres/accreditation/check-rules.ts';
import { choiceView } from './check-words.ts';

const NOW = Date.UTC(2026, 5, 1);
const HELD = {
  id: 'one',
  kind: 'CNAS',
  number: 'L1234',
  validFrom: Date.UTC(2025, 0, 1),
  validUntil: Date.UTC(2028, 0, 1),
  checkState: 'stated',
  evidenceId: 'file',
} as const;
const said = (changes: Partial<Record<keyof typeof HELD, unknown>>) => {
  const held = { ...HELD, ...changes } as Parameters<typeof checkStep>[0] & typeof HELD;
  return choiceView({ ...held, step: checkStep(held, NOW), coming: NOW < held.validFrom }, 'Asia/Shanghai');
};

describe('an accreditation offered for rows', () => {
  it('says how far it was checked, each state in words of its own', () => {
    const states = [
      said({}),
      said({ evidenceId: null }),
      said({ checkState: 'accepted' }),
      said({ checkState: 'refused' }),
      said({ checkState: 'accepted', validUntil: NOW }),
    ];
    expect(states.map(({ named }) => named)).toEqual([
      'CNAS L1234（已声明，待核验）',
      'CNAS L1234（已声明，缺证书）',
      'CNAS L1234（已核验）',
      'CNAS L1234（未通过核验）',
      'CNAS L1234（已到期）',
    ]);
    expect(new Set(states.map(({ means }) => means)).size).toBe(states.length);
  });

  it('that is not yet in force says from when, whatever was checked', () => {
    for (const checkState of ['stated', 'accepted'])
      expect(said({ checkState, validFrom: Date.UTC(2026, 11, 31, 16) }).means).toMatch(/2027.*1.*1.*才生效/);
    expect(said({ checkState: 'accepted' }).means).not.toContain('才生效');
  });
});
