import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Draft, formOf, readDraft, resumed } from './draft.ts';
import { EMPTY_ROW, type Typed, typedFromAddress, typedFromForm } from './typed.ts';

const text = fc.string({ unit: 'binary', maxLength: 12 }).map((value) => value.toWellFormed().replaceAll(/\r\n?/g, '\n'));
const row = fc.record({ name: text, maker: text, model: text, serials: text });
const typedForm = fc.record<Typed>({
  quantity: text,
  startAt: fc.option(fc.nat(), { nil: null }),
  deliveryMode: text,
  points: text,
  range: text,
  zone: text,
  expedited: fc.boolean(),
  rows: fc.array(row, { maxLength: 4 }),
  recipient: text,
  phone: text,
  line: text,
  notes: text,
  purchaseOrder: text,
  mandatoryUse: fc.boolean(),
  trainedUser: fc.boolean(),
  week: fc.option(fc.constant('2026-11-30'), { nil: undefined }),
  submissionKey: text,
  shownPrice: text,
  offer: text,
  waitBefore: text,
});
const fresh = typedFromAddress(new URLSearchParams('quantity=3&delivery=courier'), 'new-key', { ...EMPTY_ROW, name: '千分尺' });
const draft = (changes: Partial<Typed> = {}, of: Partial<Draft> = {}): Draft => ({
  owner: '',
  sent: false,
  typed: { ...fresh, quantity: '5', submissionKey: 'old-key', startAt: 7, ...changes },
  ...of,
});
const anew = (params = '') => new URLSearchParams(params);

describe('a draft', () => {
  it('is read as it was kept, and is the form that it was', () =>
    fc.assert(
      fc.property(typedForm, (typed) => {
        expect(typedFromForm(formOf(typed))).toEqual(typed);
        expect(readDraft(JSON.stringify({ owner: 'a', sent: true, typed }))).toEqual({ owner: 'a', sent: true, typed: { ...typed } });
      }),
    ));

  it('of another release, or none, is nothing', () => {
    for (const kept of [null, '', '{', 'null', '{"owner":"","sent":false,"typed":{}}', JSON.stringify({ ...draft(), owner: 1 })])
      expect(readDraft(kept)).toBeNull();
    expect(readDraft(JSON.stringify(draft({ rows: [{ name: 'x' } as never] })))).toBeNull();
  });

  it('comes back whole after a reload and a way back, with the key that it was sent under', () => {
    for (const arrival of ['reload', 'back_forward'] as const)
      expect(resumed(draft({ notes: 'n' }, { sent: true }), fresh, 'firm', arrival, anew('quantity=3'))).toMatchObject({
        quantity: '5',
        startAt: 7,
        notes: 'n',
        submissionKey: 'old-key',
      });
  });

  it('gives who comes anew what the address does not say, under a new key', () => {
    const found = resumed(draft({ notes: 'n' }), fresh, 'firm', 'navigate', anew('quantity=3'));
    expect(found).toMatchObject({ quantity: '3', startAt: 7, notes: 'n', submissionKey: 'new-key' });
    expect(resumed(draft({ rows: [], notes: 'n' }), fresh, 'firm', 'navigate', anew())?.rows).toEqual(fresh.rows);
  });

  it('is left alone when it is somebody else’s, was booked, has nothing typed, or something else is asked for', () => {
    const notes = { notes: 'n' };
    expect(resumed(draft(notes, { owner: 'other' }), fresh, 'firm', 'reload', anew())).toBeNull();
    expect(resumed(draft(notes, { owner: 'firm' }), fresh, '', 'reload', anew())).toBeNull();
    expect(resumed(draft(notes, { sent: true }), fresh, 'firm', 'navigate', anew())).toBeNull();
    expect(resumed(draft(), fresh, 'firm', 'navigate', anew())).toBeNull();
    expect(resumed(draft(notes), fresh, 'firm', 'navigate', anew('again=HJ-1'))).toBeNull();
    expect(resumed(null, fresh, 'firm', 'reload', anew())).toBeNull();
  });
});
