import type { specification } from '#db/schema/catalogue.ts';
import rows from './data/specifications.json' with { type: 'json' };

/** The register of specifications. Confidence: S seen in a public page, A high, B to be checked; none is checked against the official list yet. */
export const specifications = (): (typeof specification.$inferInsert)[] => rows;
