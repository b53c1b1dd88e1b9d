import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Chains, IntLists } from './columns.ts';
import { Packed } from './packed.ts';
import { Names, Texts } from './texts.ts';

const wellFormed = fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed());

describe('what is kept outside the heap says what was put there', () => {
  it('lists', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), fc.array(fc.integer({ min: -9, max: 9 })))), (puts) => {
        const [lists, plain] = [new IntLists(), new Map<number, number[]>()];
        for (const [place, list] of puts) {
          lists.put(place, list);
          plain.set(place, list);
        }
        const back = new IntLists();
        back.load(lists.save());
        for (const one of [lists, back]) for (const [place, list] of plain) expect([...one.at(place)]).toEqual(list);
        expect(lists.at(21).length).toBe(0);
      }),
    ));

  it('sets in the order their members came', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(5), fc.nat(9))), (steps) => {
        const [chains, plain] = [new Chains(), new Map<number, Set<number>>()];
        for (const [add, set, value] of steps) {
          const known = plain.get(set) ?? new Set();
          plain.set(set, known);
          if (add && !known.has(value)) chains.add(set, value);
          if (!add) chains.remove(set, value);
          if (add) known.add(value);
          else known.delete(value);
        }
        const back = new Chains();
        back.load(chains.save());
        for (const one of [chains, back])
          for (let set = 0; set <= 5; set += 1) {
            expect(one.of(set)).toEqual([...(plain.get(set) ?? [])]);
            expect(one.has(set)).toBe((plain.get(set)?.size ?? 0) > 0);
          }
      }),
    ));

  it('texts, written over by shorter and longer ones', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(8), wellFormed)), (puts) => {
        const [texts, plain] = [new Texts(), new Map<number, string>()];
        for (const [place, text] of puts) {
          texts.put(place, text);
          plain.set(place, text);
        }
        const back = new Texts();
        back.load(texts.save());
        for (const one of [texts, back]) for (const [place, text] of plain) expect(one.at(place)).toBe(text);
      }),
    ));

  it('numbered texts', () =>
    fc.assert(
      fc.property(fc.array(wellFormed, { maxLength: 400 }), (given) => {
        const [names, plain] = [new Names(), new Map<string, number>()];
        for (const text of given) {
          if (!plain.has(text)) expect(names.numberOf(text)).toBe(-1);
          plain.set(text, plain.get(text) ?? plain.size);
          expect(names.add(text)).toBe(plain.get(text));
        }
        const back = new Names();
        back.load(names.save());
        for (const one of [names, back])
          for (const [text, number] of plain) expect([one.numberOf(text), one.at(number), one.size]).toEqual([number, text, plain.size]);
      }),
    ));

  it('objects', () => {
    const plain = fc.oneof(
      wellFormed,
      fc.integer(),
      fc.constant(null),
      fc.boolean(),
      fc.array(wellFormed),
      fc.record({ a: fc.integer(), b: wellFormed }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), plain))), (puts) => {
        const texts = new Names();
        const [packed, known] = [new Packed(texts), new Map<number, object>()];
        for (const [place, value] of puts) {
          packed.put(place, value);
          known.set(place, value);
        }
        const back = new Packed(texts);
        back.load(packed.save());
        for (const one of [packed, back]) for (const [place, value] of known) expect(one.at(place)).toEqual({ ...value });
      }),
    );
  });
});
