import { describe, expect, it } from 'vitest';
import { declaredRange, nameKey } from '#app/modules/capability/rules/capability.ts';
import { parseUnit } from '#app/modules/capability/rules/units/units.server.ts';
import { Scopes } from '#app/modules/capability/search/load-scopes.server.ts';
import { Catalogue, type CentreCard, type ServiceCard } from './catalogue.ts';
import type { Filters } from './facets.ts';
import { findByNeed } from './find-by-need.server.ts';

const unit = (text: string) => {
  const found = parseUnit(text);
  if (!found.ok) throw new Error(text);
  return found.unit;
};
const mm = unit('mm');
const CENTRES = 130;
/** Of them the last few, with the largest U, lie in another city. */
const FAR = 4;

function market() {
  const catalogue = new Catalogue();
  const scopes = new Scopes();
  const rows = [];
  for (let i = 0; i < CENTRES; i++) {
    const far = i >= CENTRES - FAR;
    const centre: CentreCard = {
      id: `c${i}`,
      slug: `c${i}`,
      nameZh: `示范 ${i}`,
      nameEn: `Demo ${i}`,
      cityZh: far ? '无锡' : '苏州',
      cityEn: far ? 'Wuxi' : 'Suzhou',
      latitude: null,
      longitude: null,
      timeZone: 'Asia/Shanghai',
      park: null,
      accreditations: [],
      creditGrade: null,
      demonstration: true,
      verified: true,
      claimed: true,
    };
    catalogue.putCentre(centre);
    const u = { value: 0.1 + i / 1000, unit: 'um', base: (0.1 + i / 1000) * 1e-6 };
    rows.push({
      id: `r${i}`,
      centreId: centre.id,
      field: 'dimensional',
      instrumentZh: '千分尺',
      instrumentEn: '',
      measurandZh: '示值误差',
      measurandEn: null,
      method: 'JJG 21',
      range: declaredRange(0, 25, mm),
      parameters: [],
      uncertainty: { form: 'constant', a: u },
      uncertaintyUnit: unit('um'),
      k: 2,
      comparisonFactor: 1,
      designation: '',
      confidence: 0.95,
      conditions: '',
      remarks: '',
      accreditation: null,
    });
    const card = { id: `s${i}`, slug: `s${i}`, centre, family: 'calibration', field: 'dimensional', nameZh: '千分尺校准', nameEn: '' };
    const plain = {
      summaryZh: '',
      summaryEn: '',
      requirementsZh: '',
      requirementsEn: '',
      instrumentZh: '',
      instrumentEn: '',
      specification: '',
    };
    const sold = {
      booking: 'instant',
      unit: 'piece',
      unitNet: 100,
      volumeTiers: [],
      setupNet: 0,
      vatBasisPoints: 600,
      deliveryModes: ['at_centre'],
      travelZones: [],
      travelNet: 0,
      courierNet: 0,
      rangePrices: [],
      perPointNet: 0,
    };
    const rest = {
      maxQuantity: 10,
      version: 1,
      capabilityIds: [`r${i}`],
      soldOn: [],
      under: new Map([[`r${i}`, null]]),
      cancelPolicy: { fullHours: 0, lateBasisPoints: 0 },
    };
    catalogue.putService({ ...card, ...plain, ...sold, ...rest } as unknown as ServiceCard);
  }
  for (const row of rows) scopes.put(row as never);
  const search = (facets: Filters['facets']) =>
    findByNeed(
      { catalogue, scopes },
      {
        need: {
          instruments: [nameKey('千分尺')],
          measurands: [],
          designation: null,
          unit: mm,
          extent: [{ min: 0, max: 0.025 }],
          required: { type: 'absolute', limit: 1e-6, unit: unit('um') },
          parameters: [],
          at: null,
        },
        pieces: 1,
        family: 'calibration',
        place: null,
        filters: { words: '', facets, priceMin: '', priceMax: '', before: '', order: 'fit', page: 1 },
        bounds: {},
      },
    );
  return { search };
}

describe('search by need among more fits than are kept', () => {
  it('a filter that leaves none of the best still finds those behind them', () => {
    const { search } = market();
    expect(search({}).total).toBe(96);
    const far = search({ city: ['wuxi'] });
    expect(far.total).toBe(FAR);
    expect(far.offers.map(({ service }) => service.centre.cityEn)).toEqual(Array(FAR).fill('Wuxi'));
    expect(search({ city: ['beijing'] }).total).toBe(0);
  });
});
