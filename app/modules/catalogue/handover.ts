/** What comes to the centre for a service, or who, and what it ends with: what its steps are called follows from it. */
import type { DeliveryMode } from '#db/schema/catalogue.ts';
import type { Family } from '#db/schema/centres.ts';

/** What was sold, as far as its steps depend on it; the family as an order keeps it. */
export type Work = { family: string; deliveryMode: DeliveryMode };

/** Things are handed in; people come; goods go out to the buyer; a technician travels; or nobody goes anywhere. */
export type Handover = 'instruments' | 'samples' | 'course' | 'equipment' | 'meeting' | 'goods' | 'visit' | 'remote';
export type Ending = 'report' | 'result' | 'course' | 'use' | 'goods';

const OF: Record<Family, { atCentre: Handover; ending: Ending }> = {
  calibration: { atCentre: 'instruments', ending: 'report' },
  verification: { atCentre: 'instruments', ending: 'report' },
  testing: { atCentre: 'samples', ending: 'report' },
  evaluation: { atCentre: 'samples', ending: 'report' },
  consulting: { atCentre: 'meeting', ending: 'result' },
  rd_support: { atCentre: 'meeting', ending: 'result' },
  expert: { atCentre: 'meeting', ending: 'result' },
  training: { atCentre: 'course', ending: 'course' },
  shared_equipment: { atCentre: 'equipment', ending: 'use' },
  reference_material: { atCentre: 'goods', ending: 'goods' },
};
const factsOf = (family: string) => (Object.hasOwn(OF, family) ? OF[family as Family] : OF.testing);

export function handoverOf({ family, deliveryMode }: Work): Handover {
  if (deliveryMode === 'on_site') return 'visit';
  return deliveryMode === 'remote' ? 'remote' : factsOf(family).atCentre;
}

export const endingOf = ({ family }: Pick<Work, 'family'>): Ending => factsOf(family).ending;

/** Something of the buyer's is handed in, and goes back. */
export const isHandedIn = (work: Work): boolean => ['instruments', 'samples'].includes(handoverOf(work));

/** Neither a thing nor a person comes to the centre: the work begins at once. */
export const beginsAtOnce = (work: Work): boolean => ['goods', 'visit', 'remote'].includes(handoverOf(work));
