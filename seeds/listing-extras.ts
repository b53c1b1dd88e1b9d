/** What some families of the demonstration say besides: what is scored, who runs the equipment, how many are on the shelf. */
import type { Criterion, Operation, stock } from '#db/schema/catalogue.ts';
import type { Family } from '#db/schema/centres.ts';
import { seedId } from './ids.ts';

const SCORED: Criterion[] = [
  { nameZh: '准确度', nameEn: 'Accuracy', percent: 30 },
  { nameZh: '稳定性', nameEn: 'Stability', percent: 25 },
  { nameZh: '环境适应性', nameEn: 'Environmental adaptability', percent: 20 },
  { nameZh: '可靠性', nameEn: 'Reliability', percent: 15 },
  { nameZh: '可维护性', nameEn: 'Maintainability', percent: 10 },
];
/** Buyers run it themselves once they are trained. */
const BY_TRAINED_USERS = 'shared-climate-yangcheng-emc';

export const familyExtras = (slug: string, family: Family): { scorecard: Criterion[]; operation: Operation | '' } => ({
  scorecard: family === 'evaluation' ? SCORED : [],
  operation: family !== 'shared_equipment' ? '' : slug === BY_TRAINED_USERS ? 'trained_user' : 'operator',
});

/** One that is sold out shows how that looks. */
export const demonstrationStock = (): (typeof stock.$inferInsert)[] => [
  { serviceId: seedId('service', 'ph-buffer-set-jinyun-chemistry'), available: 40 },
  { serviceId: seedId('service', 'conductivity-standard-jinyun-chemistry'), available: 0 },
];
