import { describe, expect, it } from 'vitest';
import { DELIVERY_MODES, FAMILIES } from './facets.ts';
import { beginsAtOnce, endingOf, handoverOf, isHandedIn } from './handover.ts';
import { modesOf } from './listing/family-fields.ts';

describe('what comes to the centre, and what it ends with', () => {
  it.each([
    ['calibration', 'at_centre', 'instruments', 'report'],
    ['verification', 'courier', 'instruments', 'report'],
    ['testing', 'at_centre', 'samples', 'report'],
    ['evaluation', 'courier', 'samples', 'report'],
    ['calibration', 'on_site', 'visit', 'report'],
    ['consulting', 'at_centre', 'meeting', 'result'],
    ['expert', 'remote', 'remote', 'result'],
    ['training', 'at_centre', 'course', 'course'],
    ['training', 'on_site', 'visit', 'course'],
    ['shared_equipment', 'at_centre', 'equipment', 'use'],
    ['reference_material', 'courier', 'goods', 'goods'],
  ] as const)('%s %s', (family, deliveryMode, handover, ending) => {
    expect(handoverOf({ family, deliveryMode })).toBe(handover);
    expect(endingOf({ family })).toBe(ending);
  });

  it('hands nothing in where nothing can be received, and sends by courier only what is handed in or bought', () => {
    for (const family of FAMILIES)
      for (const deliveryMode of DELIVERY_MODES) {
        const work = { family, deliveryMode };
        expect(isHandedIn(work) && beginsAtOnce(work)).toBe(false);
        if (deliveryMode === 'courier' && modesOf(family).includes('courier'))
          expect(isHandedIn(work) || handoverOf(work) === 'goods').toBe(true);
      }
  });

  it('takes a family it does not know for one that hands in samples', () => {
    expect(handoverOf({ family: 'constructor', deliveryMode: 'courier' })).toBe('samples');
  });
});
