/** What somebody has typed into the booking form, as it was typed: it goes to the server and comes back, whatever is wrong with it. */
import type { DeliveryMode } from '#db/schema/catalogue.ts';

/** One kind of instrument: a row stands for as many pieces as it has serial numbers. */
export type Row = { name: string; maker: string; model: string; serials: string };

export type Typed = {
  quantity: string;
  /** UTC ms; empty when nothing is chosen. */
  startAt: number | null;
  deliveryMode: string;
  /** Per piece; `rangeKey` and the zone's Chinese name (catalogue/price-rules.ts). Empty where the service has no such rule. */
  points: string;
  range: string;
  zone: string;
  expedited: boolean;
  rows: Row[];
  recipient: string;
  phone: string;
  line: string;
  notes: string;
  purchaseOrder: string;
  mandatoryUse: boolean;
  trainedUser: boolean;
  /** ISO date of the first day shown. */
  week: string | undefined;
  submissionKey: string;
  shownPrice: string;
  /** Of a slot kept for the buyer; empty: none. */
  offer: string;
  /** ISO date before which somebody would wait for a start. */
  waitBefore: string;
};

export const EMPTY_ROW: Row = { name: '', maker: '', model: '', serials: '' };
/** More kinds than this are described in the notes. */
export const MOST_ROWS = 50;

/** A whole number however it was typed: full-width digits and spaces are what Chinese keyboards give. NaN for anything else. */
export function numberOf(text: string): number {
  const plain = text.normalize('NFKC').trim();
  return /^\d{1,9}$/.test(plain) ? Number(plain) : Number.NaN;
}

const instantOf = (text: string | null): number | null => {
  const at = numberLong(text ?? '');
  return Number.isNaN(at) ? null : at;
};
const numberLong = (text: string) => (/^\d{1,14}$/.test(text) ? Number(text) : Number.NaN);

/** From the address: `?quantity=12&delivery=courier&expedite=1&start=1764550800000&week=2026-11-30`. */
export function typedFromAddress(params: URLSearchParams, submissionKey: string, row: Row): Typed {
  return {
    quantity: params.get('quantity') ?? '1',
    startAt: instantOf(params.get('start')),
    deliveryMode: params.get('delivery') ?? '',
    points: params.get('points') ?? '',
    range: params.get('range') ?? '',
    zone: params.get('zone') ?? '',
    expedited: params.get('expedite') === '1',
    rows: [row],
    recipient: '',
    phone: '',
    line: '',
    notes: '',
    purchaseOrder: '',
    mandatoryUse: false,
    trainedUser: false,
    week: params.get('week') ?? undefined,
    submissionKey,
    shownPrice: '',
    offer: params.get('offer') ?? '',
    waitBefore: '',
  };
}

/** The part of the form that an address can carry: what a sign-in, a reload or another language comes back to. */
export function addressOf({
  quantity,
  deliveryMode,
  points,
  range,
  zone,
  expedited,
  startAt,
  week,
  offer,
}: Pick<Typed, 'quantity' | 'deliveryMode' | 'points' | 'range' | 'zone' | 'expedited' | 'startAt' | 'week'> &
  Partial<Pick<Typed, 'offer'>>) {
  const params = new URLSearchParams({ quantity: quantity.slice(0, 12) });
  if (deliveryMode) params.set('delivery', deliveryMode.slice(0, 20));
  for (const [name, value] of Object.entries({ points, range, zone })) if (value) params.set(name, value.slice(0, 60));
  if (expedited) params.set('expedite', '1');
  if (startAt !== null) params.set('start', String(startAt));
  if (week) params.set('week', week.slice(0, 10));
  if (offer) params.set('offer', offer.slice(0, 64));
  return `?${params}`;
}

export function typedFromForm(form: FormData): Typed {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  const rows: Row[] = [];
  for (let i = 0; i < MOST_ROWS && form.has(`rows.${i}.name`); i++)
    rows.push({
      name: text(`rows.${i}.name`),
      maker: text(`rows.${i}.maker`),
      model: text(`rows.${i}.model`),
      serials: text(`rows.${i}.serials`),
    });
  return {
    quantity: text('quantity'),
    startAt: instantOf(text('startAt')),
    deliveryMode: text('deliveryMode'),
    points: text('points'),
    range: text('range'),
    zone: text('zone'),
    expedited: form.has('expedited'),
    rows,
    recipient: text('recipient'),
    phone: text('phone'),
    line: text('line'),
    notes: text('notes'),
    purchaseOrder: text('purchaseOrder'),
    mandatoryUse: form.has('mandatoryUse'),
    trainedUser: form.has('trainedUser'),
    week: text('week') || undefined,
    submissionKey: text('submissionKey'),
    shownPrice: text('shownPrice'),
    offer: text('offer'),
    waitBefore: text('waitBefore'),
  };
}

/** Serial numbers one per line, or as pasted from a sheet: tabs separate too. Commas and spaces may be part of a number. */
export const serialsOf = (text: string): string[] =>
  text
    .split(/[\r\n\t]+/)
    .map((line) => line.trim())
    .filter(Boolean);

/** Numbers that stand twice for the same name, maker and model, each once, as first typed. */
export function repeatedSerials(rows: readonly Row[]): string[] {
  const first = new Map<string, string>();
  const repeated = new Set<string>();
  for (const { name, maker, model, serials } of rows)
    for (const serial of serialsOf(serials)) {
      const piece = JSON.stringify([name, maker, model, serial].map((text) => text.normalize('NFKC').trim().toLowerCase()));
      const before = first.get(piece);
      if (before === undefined) first.set(piece, serial);
      else repeated.add(before);
    }
  return [...repeated];
}

export const isBlank = (row: Row) => Object.values(row).every((value) => value.trim() === '');

/** Pieces the rows describe. */
export const piecesOf = (rows: readonly Row[]): number =>
  rows.reduce((sum, row) => sum + (isBlank(row) ? 0 : Math.max(1, serialsOf(row.serials).length)), 0);

export const isDeliveryMode = (text: string): text is DeliveryMode => ['at_centre', 'courier', 'on_site', 'remote'].includes(text);
/** What was chosen of the price rules, as they are asked. */
export const choiceTyped = ({ points, range, zone }: Pick<Typed, 'points' | 'range' | 'zone'>) => ({
  points: points === '' ? undefined : numberOf(points),
  range: range || undefined,
  zone: zone || undefined,
});
export const needsAddress = (mode: string): boolean => mode === 'courier' || mode === 'on_site';

/** The gross amount a price that was shown stood for (orders/price.ts `fingerprint`); to be shown again, never to be believed. */
export function shownGross(shownPrice: string): number | null {
  const gross = Number(shownPrice.split('.').at(-3) ?? Number.NaN);
  return Number.isSafeInteger(gross) && gross >= 0 ? gross : null;
}
