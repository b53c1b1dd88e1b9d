/** Objects of plain values by their place, packed: their texts numbered, the rest as short text. Made into objects when they are asked for. */
import type { Saved } from './columns.ts';
import { Names, Texts } from './texts.ts';

const RADIX = 36;
/** Objects inside that were made last: of units and policies there are a few, in many places. */
const MOST_INSIDE = 4_000;

/** Texts are words of a number; an object inside is its JSON's number in braces; a list is a list. */
type Word = number | boolean | null | string | Word[] | { j: number };

export class Packed<T extends object> {
  readonly #texts: Names;
  readonly #records = new Texts();
  readonly #shapes = new Names();
  readonly #keys = new Map<number, string[]>();
  readonly #inside = new Map<number, unknown>();

  /** @param texts may be shared with others: what they have in common stands there once */
  constructor(texts: Names) {
    this.#texts = texts;
  }

  put(place: number, value: T): void {
    const keys = Object.keys(value).filter((key) => value[key as keyof T] !== undefined);
    const words = keys.map((key) => this.#word(value[key as keyof T]));
    this.#records.put(place, JSON.stringify([this.#shapes.add(keys.join('\n')), ...words]));
  }

  /** Objects inside are shared: nobody writes to them. @param place of something that was put */
  at(place: number): T {
    const [shape, ...words] = JSON.parse(this.#records.at(place)) as [number, ...Word[]];
    let keys = this.#keys.get(shape);
    if (!keys) {
      keys = this.#shapes.at(shape).split('\n');
      this.#keys.set(shape, keys);
    }
    const value: Record<string, unknown> = {};
    for (let i = 0; i < keys.length; i += 1) value[keys[i]!] = this.#value(words[i]!);
    return value as T;
  }

  #word(value: unknown): Word {
    if (typeof value === 'string') return this.#texts.add(value).toString(RADIX);
    if (Array.isArray(value)) return value.map((one) => this.#word(one));
    if (typeof value === 'object' && value !== null) return { j: this.#texts.add(JSON.stringify(value)) };
    return value as Word;
  }

  #value(word: Word): unknown {
    if (typeof word === 'string') return this.#texts.at(Number.parseInt(word, RADIX));
    if (Array.isArray(word)) return word.map((one) => this.#value(one));
    if (typeof word === 'object' && word !== null) return this.#object(word.j);
    return word;
  }

  #object(number: number): unknown {
    const known = this.#inside.get(number) ?? JSON.parse(this.#texts.at(number));
    if (this.#inside.size >= MOST_INSIDE) this.#inside.clear();
    this.#inside.set(number, known);
    return known;
  }

  save(): Saved {
    return { records: this.#records.save(), shapes: this.#shapes.save() };
  }

  load({ records, shapes }: Saved): void {
    this.#records.load(records as Saved);
    this.#shapes.load(shapes as Saved);
  }
}
