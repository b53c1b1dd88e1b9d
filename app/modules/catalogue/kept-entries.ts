/** What search knows of each service, by the service's number: numbers in rows, the rest packed. */
import { roomFor, type Saved } from '#app/core/columns.ts';
import { Packed } from '#app/core/packed.ts';
import type { Names } from '#app/core/texts.ts';
import { joined, partsOf, type ServiceEntry } from './search-entry.ts';
import type { TextIndex } from './text-index.ts';

/** `strong`: so many of the first parts of its texts. */
type Stored = Omit<ServiceEntry, 'id' | 'price' | 'weight' | 'strongText' | 'weakText'> & { strong: number };

export class KeptEntries {
  readonly #ids: Names;
  readonly #words: Pick<TextIndex, 'parts'>;
  readonly #packed: Packed<Stored>;
  #prices = new Float64Array(0);
  #weights = new Int32Array(0);
  /** How many of the first numbers stand for ids in their order, and the last of these ids. */
  #ascending = 0;
  #last = '';

  /** @param words knows the parts of the texts */
  constructor(ids: Names, texts: Names, words: Pick<TextIndex, 'parts'>) {
    this.#ids = ids;
    this.#words = words;
    this.#packed = new Packed(texts);
  }

  get ascending(): number {
    return this.#ascending;
  }

  price(service: number): number {
    return this.#prices[service]!;
  }

  weight(service: number): number {
    return this.#weights[service]!;
  }

  at(service: number): ServiceEntry {
    const { strong, ...rest } = this.#packed.at(service);
    const parts = this.#words.parts(service);
    const [strongText, weakText] = [joined(parts.slice(0, strong)), joined(parts.slice(strong))];
    return { ...rest, id: this.#ids.at(service), price: this.price(service), weight: this.weight(service), strongText, weakText };
  }

  put(service: number, entry: ServiceEntry): void {
    this.#follow(service, entry.id);
    const { id: _, price, weight, strongText, weakText: __, ...rest } = entry;
    this.#prices = roomFor(this.#prices, service + 1);
    this.#weights = roomFor(this.#weights, service + 1);
    this.#prices[service] = price;
    this.#weights[service] = weight;
    this.#packed.put(service, { ...rest, strong: partsOf(strongText).length });
  }

  #follow(service: number, id: string): void {
    if (service !== this.#ascending || (service > 0 && id < this.#last)) return;
    this.#ascending++;
    this.#last = id;
  }

  save(): Saved {
    return { packed: this.#packed.save(), prices: this.#prices, weights: this.#weights, ascending: this.#ascending, last: this.#last };
  }

  load(saved: Saved): void {
    this.#packed.load(saved.packed as Saved);
    this.#prices = saved.prices as Float64Array<ArrayBuffer>;
    this.#weights = saved.weights as Int32Array<ArrayBuffer>;
    this.#ascending = saved.ascending as number;
    this.#last = saved.last as string;
  }
}
