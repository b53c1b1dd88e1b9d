/** What a centre says of a service: as it is typed, as it is stored, and what is missing before it can be published. */
import { z } from 'zod';
import { FIELDS, fieldKey } from '#app/modules/capability/rules/fields.ts';
import type { Operation, service } from '#db/schema/catalogue.ts';
import { DELIVERY_MODES, FAMILIES } from '../facets.ts';
import { MOST_POINTS } from '../price-rules.ts';
import { rangesText, readRanges, readZones, zonesText } from './price-texts.ts';
import { printScorecard } from './scorecard.ts';
import { MOST_OFF, MOST_POINT_CENTS, percent, rules, scorecard, tiers, whole, words, yuan } from './typed-values.ts';

export const UNITS = ['piece', 'hour', 'day', 'seat', 'project'] as const satisfies readonly (typeof service.$inferSelect)['unit'][];
/** Empty where nobody runs anything. */
export const OPERATIONS = ['', 'operator', 'trained_user'] as const satisfies readonly (Operation | '')[];
/** VAT rates there are, in percent. */
export const VAT_PERCENTS = ['0', '1', '3', '6', '9', '13'] as const;

const MOST_NAME = 120;
const MOST_TEXT = 1_000;
const MOST_LISTED = 200;
export const MOST_PICTURES = 8;
/** The names of as many groups as can be chosen. */
const MOST_CONFIRMED = 30_000;

/** Ten working days of eight open hours: whoever needs longer for an answer sells on request in another way. */
const MOST_ANSWER_HOURS = 80;

const listed = z.array(z.string().max(300)).max(MOST_LISTED, 'choose');

const listing = z.object({
  family: z.enum(FAMILIES, 'choose'),
  field: z.enum(FIELDS, 'choose'),
  nameZh: words(MOST_NAME),
  nameEn: words(MOST_NAME),
  summaryZh: words(MOST_TEXT),
  summaryEn: words(MOST_TEXT),
  requirementsZh: words(MOST_TEXT),
  requirementsEn: words(MOST_TEXT),
  instrumentZh: words(MOST_NAME),
  instrumentEn: words(MOST_NAME),
  specification: words(MOST_NAME),
  scorecard,
  operation: z.enum(OPERATIONS, 'choose'),
  booking: z.enum(['instant', 'approve'], 'choose'),
  unit: z.enum(UNITS, 'choose'),
  unitNet: yuan,
  volumeTiers: tiers,
  rangePrices: rules('ranges', readRanges),
  perPointNet: yuan.refine((cents) => cents <= MOST_POINT_CENTS, 'price'),
  includedPoints: whole(0, MOST_POINTS),
  setupNet: yuan,
  travelNet: yuan,
  travelZones: rules('zones', readZones),
  courierNet: yuan,
  expedite: z.union([z.literal('').transform(() => null), percent(300)], 'between 0 300'),
  member: percent(MOST_OFF),
  park: percent(MOST_OFF),
  vat: z.enum(VAT_PERCENTS, 'choose').transform((text) => Number(text) * 100),
  leadDays: whole(0, 365),
  turnaroundDays: whole(0, 365),
  horizonDays: whole(1, 365),
  setupMinutes: whole(0, 2_880),
  minutesPerItem: whole(1, 10_080),
  bufferMinutes: whole(0, 480),
  maxQuantity: whole(1, 10_000),
  fullHours: whole(0, 2_160),
  late: percent(100),
  answerHours: whole(1, MOST_ANSWER_HOURS),
  moves: z.enum(['tell', 'ask'], 'choose'),
  deliveryModes: z.array(z.enum(DELIVERY_MODES, 'choose')),
  poolIds: listed,
  /** Groups of the centre's scope (`groupKey`). */
  scope: listed,
  /** Pictures and documents, in the order they are shown: ids of stored files. */
  pictures: z.array(z.string().max(64)).max(MOST_PICTURES, `pictures ${MOST_PICTURES}`),
  /** That it is sold on rows of other instruments than it names (other-instruments.ts); empty: not confirmed, or nothing to confirm. */
  confirmed: words(MOST_CONFIRMED),
});

export type ListingContent = z.output<typeof listing>;
/** As typed: every field a text, lists of texts. */
export type ListingTexts = z.input<typeof listing>;
export type ListingField = keyof ListingContent;
export type ListingFaults = Partial<Record<ListingField, string>>;

export const LISTS = ['deliveryModes', 'poolIds', 'scope', 'pictures'] as const satisfies readonly ListingField[];
export const TEXTS = Object.keys(listing.shape).filter((name) => !(LISTS as readonly string[]).includes(name)) as Exclude<
  ListingField,
  (typeof LISTS)[number]
>[];

/** Reads a form. Faults name fields; what was typed stays with the caller. */
export function readListing(texts: ListingTexts): { content: ListingContent } | { faults: ListingFaults } {
  const read = listing.safeParse(texts);
  if (read.success) return bothPrices(read.data) ? { faults: { rangePrices: 'exclude' } } : { content: read.data };
  return { faults: faultsIn(read.error) };
}

const prices = listing.pick({
  unit: true,
  unitNet: true,
  volumeTiers: true,
  rangePrices: true,
  includedPoints: true,
  perPointNet: true,
  setupNet: true,
  travelNet: true,
  travelZones: true,
  courierNet: true,
  expedite: true,
  member: true,
  park: true,
  vat: true,
});

/** The same of what it costs alone. */
export function readPrices(texts: z.input<typeof prices>): { prices: z.output<typeof prices> } | { faults: ListingFaults } {
  const read = prices.safeParse(texts);
  if (!read.success) return { faults: faultsIn(read.error) };
  return bothPrices(read.data) ? { faults: { rangePrices: 'exclude' } } : { prices: read.data };
}

function faultsIn({ issues }: z.ZodError): ListingFaults {
  const faults: ListingFaults = {};
  for (const { path, message } of issues) faults[path[0] as ListingField] ??= message;
  return faults;
}

/** A piece has one price: by its range, or by how many there are. */
const bothPrices = ({ rangePrices, volumeTiers }: Pick<ListingContent, 'rangePrices' | 'volumeTiers'>) =>
  rangePrices.length > 0 && volumeTiers.length > 0;

/** The inverse of `readListing`. */
export function listingTexts(content: ListingContent): ListingTexts {
  const plain = Object.fromEntries(TEXTS.map((name) => [name, String(content[name] ?? '')])) as unknown as ListingTexts;
  const inYuan = (cents: number) => (cents / 100).toFixed(2).replace(/\.00$/, '');
  return {
    ...plain,
    unitNet: inYuan(content.unitNet),
    volumeTiers: (content.volumeTiers ?? []).map(({ from, unitNet }) => `${from}: ${inYuan(unitNet)}`).join('; '),
    scorecard: printScorecard(content.scorecard ?? []),
    rangePrices: rangesText(content.rangePrices),
    perPointNet: inYuan(content.perPointNet),
    travelZones: zonesText(content.travelZones),
    member: String(content.member / 100),
    park: String(content.park / 100),
    setupNet: inYuan(content.setupNet),
    travelNet: inYuan(content.travelNet),
    courierNet: inYuan(content.courierNet),
    expedite: content.expedite === null ? '' : String(content.expedite / 100),
    vat: String(content.vat / 100) as ListingTexts['vat'],
    late: String(content.late / 100),
    moves: content.moves ?? 'tell',
    deliveryModes: [...content.deliveryModes],
    poolIds: [...content.poolIds],
    scope: [...content.scope],
    pictures: [...content.pictures],
  };
}

/** What a new listing begins with. */
export const BLANK: ListingContent = {
  family: 'calibration',
  field: 'dimensional',
  nameZh: '',
  nameEn: '',
  summaryZh: '',
  summaryEn: '',
  requirementsZh: '',
  requirementsEn: '',
  instrumentZh: '',
  instrumentEn: '',
  specification: '',
  scorecard: [],
  operation: '',
  booking: 'instant',
  unit: 'piece',
  unitNet: 0,
  volumeTiers: [],
  rangePrices: [],
  perPointNet: 0,
  includedPoints: 0,
  setupNet: 0,
  travelNet: 0,
  travelZones: [],
  courierNet: 0,
  expedite: null,
  member: 0,
  park: 0,
  vat: 600,
  leadDays: 3,
  turnaroundDays: 5,
  horizonDays: 60,
  setupMinutes: 30,
  minutesPerItem: 30,
  bufferMinutes: 0,
  maxQuantity: 20,
  fullHours: 48,
  late: 5_000,
  answerHours: 16,
  moves: 'tell',
  deliveryModes: ['at_centre'],
  poolIds: [],
  scope: [],
  pictures: [],
  confirmed: '',
};

/** What a piece costs at least, net 分. */
export const leastNet = ({ unitNet, rangePrices }: ListingContent): number =>
  rangePrices.length > 0 ? Math.min(...rangePrices.map((row) => row.unitNet)) : unitNet;

const TRANSLATED = [
  ['nameZh', 'nameEn'],
  ['summaryZh', 'summaryEn'],
  ['requirementsZh', 'requirementsEn'],
  ['instrumentZh', 'instrumentEn'],
] as const;

/** English texts that are missing where the Chinese one stands: readers of English then get the Chinese. */
export const untranslated = (content: ListingContent): ListingField[] =>
  TRANSLATED.filter(([zh, en]) => content[zh] && !content[en]).map(([, en]) => en);

type ServiceRow = typeof service.$inferSelect;

/** The columns of a service that a listing decides. With prices by range its unit price is the least of them: what lists show and sort by. */
export function columnsOf(content: ListingContent) {
  const { expedite, vat, member, park, fullHours, late, poolIds, scope, ...columns } = content;
  const discounts = { memberBasisPoints: member, parkBasisPoints: park };
  return {
    ...columns,
    ...discounts,
    unitNet: leastNet(content),
    expediteBasisPoints: expedite,
    vatBasisPoints: vat,
    cancelPolicy: { fullHours, lateBasisPoints: late },
  };
}

/** A service as a listing that says the same. */
export function contentOf(row: ServiceRow, poolIds: string[], scope: string[]): ListingContent {
  const { expediteBasisPoints, vatBasisPoints, memberBasisPoints, parkBasisPoints, cancelPolicy } = row;
  const own = Object.fromEntries(Object.keys(BLANK).flatMap((name) => (name in row ? [[name, row[name as keyof ServiceRow]]] : [])));
  return {
    ...BLANK,
    ...(own as Partial<ListingContent>),
    field: fieldKey(row.field),
    expedite: expediteBasisPoints,
    vat: vatBasisPoints,
    member: memberBasisPoints,
    park: parkBasisPoints,
    fullHours: cancelPolicy.fullHours,
    late: cancelPolicy.lateBasisPoints,
    poolIds,
    scope,
  };
}
