import { describe, expect, it } from 'vitest';
import { DELIVERY_MODES, FAMILIES } from '#app/modules/catalogue/facets.ts';
import { isHandedIn } from '#app/modules/catalogue/handover.ts';
import { progressLetter, workStep } from './work-words.ts';

const STEPS = ['received', 'in_service', 'reported', 'closed'] as const;
const NAMES = { service: '课', number: 'HJ-1', centre: '中心' };
const WORKS = FAMILIES.flatMap((family) => DELIVERY_MODES.map((deliveryMode) => ({ family, deliveryMode })));

/** Everything that is said of a piece of work on its way, in Chinese. */
const said = (work: (typeof WORKS)[number]) =>
  STEPS.flatMap((step) => {
    const { subject, text } = progressLetter(step, work);
    return [workStep(step, work) ?? '', subject(NAMES, { locale: 'zh-CN' }), text(NAMES, { locale: 'zh-CN' })];
  }).join(' ');

describe('the words of work on its way', () => {
  it('speak of instruments, samples and receipt only where something is handed in', () => {
    for (const work of WORKS) {
      if (isHandedIn(work)) expect(said(work), work.family).toMatch(/收样/);
      else expect(said(work), `${work.family} ${work.deliveryMode}`).not.toMatch(/送检|收样|收到|仪器|样品/);
    }
  });

  it('speak of a report only where there is one', () => {
    for (const work of WORKS)
      expect(/报告/.test(said(work)), work.family).toBe(/calibration|verification|testing|evaluation/.test(work.family));
  });
});
