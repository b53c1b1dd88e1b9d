import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { choice, filesIn, given, readForm, several, shownNumber, ticked, wholeNumber } from './form.ts';

const formOf = (fields: [string, string][]) => {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
};
const stock = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('stock'), service: given, available: wholeNumber, shown: shownNumber }),
  z.object({ intent: z.literal('pause'), service: given, until: given }),
]);

describe('a form', () => {
  it('is read by its button: what belongs to another is not asked for', () => {
    expect(
      readForm(
        formOf([
          ['intent', 'pause'],
          ['service', ' a '],
        ]),
        stock,
      ),
    ).toMatchObject({
      input: { intent: 'pause', service: 'a', until: '' },
    });
  });

  it('says a button that is none of the page at its intent', () => {
    for (const fields of [
      [],
      [['intent', '']],
      [['intent', 'other']],
      [
        ['intent', 'pause'],
        ['intent', 'stock'],
      ],
    ] as [string, string][][])
      expect(readForm(formOf(fields), stock), JSON.stringify(fields)).toHaveProperty('faults.intent');
  });

  it.each(['', '十二', '1.5', '-1', '1e3', '12a', '1234567890', 'x'.repeat(10_000)])(
    'takes %s for no number, and gives it back',
    (typed) => {
      const read = readForm(
        formOf([
          ['intent', 'stock'],
          ['available', typed],
        ]),
        stock,
      );
      expect(read).toMatchObject({ faults: { available: 'number' }, typed: { available: [typed] } });
    },
  );

  it.each(['12', ' 12 ', '１２', '0012'])('takes %s for twelve', (typed) => {
    expect(
      readForm(
        formOf([
          ['intent', 'stock'],
          ['available', typed],
        ]),
        stock,
      ),
    ).toMatchObject({ input: { available: 12 } });
  });

  it('knows boxes, choices and numbers it put there itself', () => {
    const schema = z.object({
      kind: choice(['a', 'b']),
      on: ticked,
      off: ticked,
      some: several,
      none: several,
      one: several,
      shown: shownNumber,
    });
    const fields: [string, string][] = [
      ['kind', 'b'],
      ['on', '1'],
      ['some', 'x'],
      ['some', 'y'],
      ['one', 'x'],
      ['shown', '-3'],
    ];
    expect(readForm(formOf(fields), schema)).toMatchObject({
      input: { kind: 'b', on: true, off: false, some: ['x', 'y'], none: [], one: ['x'], shown: -1 },
    });
    expect(readForm(formOf([['kind', 'c']]), schema)).toMatchObject({ faults: { kind: 'choose' } });
  });

  it('has the files that were chosen, an empty one too, and not the field left empty', () => {
    const form = new FormData();
    form.append('file', new File([], ''));
    form.append('file', new File([], 'empty.pdf'));
    form.append('file', new File(['x'], 'x.pdf'));
    form.append('file', 'text');
    expect(filesIn(form, 'file').map(({ name }) => name)).toEqual(['empty.pdf', 'x.pdf']);
  });

  it('gives back whatever was typed, and never throws', () => {
    const names = fc.constantFrom('intent', 'service', 'available', 'until', 'shown', 'other');
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.string({ unit: 'grapheme' }))), (fields) => {
        const { typed } = readForm(formOf(fields), stock);
        for (const name of new Set(fields.map(([one]) => one))) expect(typed[name]).toEqual(formOf(fields).getAll(name));
      }),
    );
  });
});
