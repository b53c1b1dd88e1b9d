import type { centre, park } from '#db/schema/centres.ts';
import instrumentParks from './data/instrument-parks.json' with { type: 'json' };
import nationalCentres from './data/national-centres.json' with { type: 'json' };
import { seedId } from './ids.ts';

/** Instrument parks and clusters as public pages describe them: nobody has claimed them. */
export const directoryParks = (): (typeof park.$inferInsert)[] =>
  instrumentParks.map((row) => ({ id: seedId('park', row.slug), organisationId: null, ...row }));

/** National industry metrology and testing centres, with source and confidence; no prices, capabilities or slots. */
export const directoryCentres = (createdAt: number): (typeof centre.$inferInsert)[] =>
  nationalCentres.map(({ confidence, ...row }) => ({
    id: seedId('centre', row.slug),
    organisationId: null,
    parkId: null,
    ...row,
    addressZh: '',
    addressEn: '',
    latitude: null,
    longitude: null,
    timeZone: 'Asia/Shanghai',
    creditGrade: null,
    demonstration: false,
    sourceConfidence: confidence,
    createdAt,
  }));
