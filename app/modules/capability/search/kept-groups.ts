/**
 * Groups of interchangeable rows by their places: a group has its place for good, also while no row is in it. What tells groups apart stands
 * in numbers; a group is made into an object when its rows have to be looked at.
 */
import { Chains, IntLists, roomFor, type Saved } from '#app/core/columns.ts';
import { Names } from '#app/core/texts.ts';
import { type Capability, groupKey } from '../rules/capability.ts';
import type { Designation } from '../rules/designation.ts';
import { Buckets } from './buckets.ts';
import type { KeptRows } from './kept-rows.ts';
import { buildGroup, type RowGroup } from './row-groups.ts';

/** Made last: of fifty thousand rows all that numbers alone cannot judge. */
const MOST_MADE = 16_000;
/** Names of all centres of a large market. */
const MOST_SAID = 16_000;

/** Parts of a group's key, in its order; none of them holds what stands between them. */
const BETWEEN = '\u0000';
const KEY = { centre: 0, instrument: 1, measurand: 2, method: 3, kind: 4, designation: 5 } as const;
const PARTS = 6;

export class KeptGroups {
  readonly #rows: KeptRows;
  readonly #texts: Names;
  readonly #keys = new Names();
  readonly #parts = new IntLists();
  readonly #members = new Chains();
  /** Of a row its place and one; 0 is none. */
  #placeOf = new Int32Array(0);
  readonly #offers = new Names();
  #offerOf = new Int32Array(0);
  readonly #ofOffer = new Chains();
  /** Of a place the number of the designation its rows hold for, and one; 0 is none. */
  #designationOf = new Int32Array(0);
  readonly #designations = new Map<number, Designation>();
  readonly #made = new Map<number, RowGroup>();
  readonly #said = new Map<number, string>();
  readonly #byInstrument = new Buckets((place) => this.lives(place));
  readonly #byMeasurand = new Buckets((place) => this.lives(place));
  readonly #byKind = new Buckets((place) => this.lives(place));
  #living = 0;

  constructor(rows: KeptRows) {
    this.#rows = rows;
    this.#texts = rows.texts;
  }

  /** Places are below it. */
  get end(): number {
    return this.#keys.size;
  }

  /** With a row in them. */
  get size(): number {
    return this.#living;
  }

  get offers(): number {
    return this.#offers.size;
  }

  lives(place: number): boolean {
    return this.#members.has(place);
  }

  offerAt(place: number): number {
    return this.#offerOf[place]!;
  }

  ofOffer(offer: number): number[] {
    return this.#ofOffer.of(offer);
  }

  centreAt(place: number): string {
    return this.#text(place, KEY.centre);
  }

  measurandAt(place: number): string {
    return this.#text(place, KEY.measurand);
  }

  /** Of the ranges of its rows; empty where they state none. */
  kindAt(place: number): string {
    return this.#text(place, KEY.kind);
  }

  designationAt(place: number): Designation | null {
    const number = this.#designationOf[place]!;
    if (number === 0) return null;
    let known = this.#designations.get(number);
    if (!known) {
      known = JSON.parse(this.#texts.at(number - 1)) as Designation;
      this.#designations.set(number, known);
    }
    return known;
  }

  byInstrument(name: string): Int32Array {
    return this.#byInstrument.of(this.#texts.numberOf(name));
  }

  byMeasurand(name: string): Int32Array {
    return this.#byMeasurand.of(this.#texts.numberOf(name));
  }

  byKind(name: string): Int32Array {
    return this.#byKind.of(this.#texts.numberOf(name));
  }

  /** As comparing the keys of two groups does. */
  before(one: number, other: number): boolean {
    for (let i = 0; i < PARTS; i += 1) {
      const [a, b] = [this.#parts.item(one, i), this.#parts.item(other, i)];
      if (a !== b) return this.#compared(a) < this.#compared(b);
    }
    return false;
  }

  /** A text that groups are told apart by: mostly their centre, asked for again and again where many answer alike. */
  #compared(number: number): string {
    const known = this.#said.get(number) ?? this.#texts.at(number);
    if (this.#said.size >= MOST_SAID) this.#said.clear();
    this.#said.set(number, known);
    return known;
  }

  /** @param place of a group with rows */
  at(place: number): RowGroup {
    const known = this.#made.get(place);
    if (known) return known;
    const key = Array.from(this.#parts.at(place), (part) => this.#texts.at(part)).join(BETWEEN);
    const group = buildGroup(
      key,
      this.#members.of(place).map((row) => this.#rows.at(row)!),
    );
    group.place = place;
    if (this.#made.size >= MOST_MADE) this.#made.delete(this.#made.keys().next().value!);
    this.#made.set(place, group);
    return group;
  }

  /** Puts a row where it belongs. @returns the places that are not as they were */
  put(row: number, capability: Capability): number[] {
    const place = this.#placeFor(capability);
    const before = this.leave(row, place);
    if (before !== place) {
      if (!this.lives(place)) this.#enter(place);
      this.#members.add(place, row);
      this.#placeOf = roomFor(this.#placeOf, row + 1);
      this.#placeOf[row] = place + 1;
    }
    this.#made.delete(place);
    return before === place || before < 0 ? [place] : [before, place];
  }

  /** Takes a row out of its group, unless that is where it `stays`. @returns the group's place; -1 when it is in none */
  leave(row: number, stays = -1): number {
    const place = (this.#placeOf[row] ?? 0) - 1;
    if (place < 0 || place === stays) return place;
    this.#members.remove(place, row);
    this.#placeOf[row] = 0;
    this.#made.delete(place);
    if (!this.lives(place)) this.#exit(place);
    return place;
  }

  /** What its rows hold for; written down when they change. */
  designate(group: RowGroup): void {
    this.#designationOf = roomFor(this.#designationOf, group.place + 1);
    this.#designationOf[group.place] = group.designation ? this.#texts.add(JSON.stringify(group.designation)) + 1 : 0;
  }

  #placeFor(capability: Capability): number {
    const parts = groupKey(capability)
      .split(BETWEEN)
      .map((part) => this.#texts.add(part));
    const key = parts.join(' ');
    const known = this.#keys.numberOf(key);
    if (known >= 0) return known;
    const place = this.#keys.add(key);
    this.#parts.put(place, parts);
    this.#offerOf = roomFor(this.#offerOf, place + 1);
    this.#offerOf[place] = this.#offers.add(`${parts[KEY.centre]} ${parts[KEY.instrument]}`);
    return place;
  }

  #enter(place: number): void {
    this.#living++;
    this.#ofOffer.add(this.#offerOf[place]!, place);
    for (const [buckets, name] of this.#buckets(place)) buckets.enter(name, place);
  }

  #exit(place: number): void {
    this.#living--;
    this.#ofOffer.remove(this.#offerOf[place]!, place);
    for (const [buckets, name] of this.#buckets(place)) buckets.leave(name);
  }

  /** Where a group is found. Without a range it has no kind, and is found by its instrument only. */
  #buckets(place: number): [buckets: Buckets, name: number][] {
    const parts = this.#parts.at(place);
    const [instrument, measurand, kind] = [parts[KEY.instrument]!, parts[KEY.measurand]!, parts[KEY.kind]!];
    const ranged = this.#texts.at(kind) !== '';
    return [
      [this.#byInstrument, instrument],
      [this.#byMeasurand, measurand],
      ...(ranged ? [[this.#byKind, kind] as [Buckets, number]] : []),
    ];
  }

  #text(place: number, part: number): string {
    return this.#texts.at(this.#parts.at(place)[part]!);
  }

  save(): Saved {
    return {
      keys: this.#keys.save(),
      parts: this.#parts.save(),
      members: this.#members.save(),
      placeOf: this.#placeOf,
      offers: this.#offers.save(),
      offerOf: this.#offerOf,
      ofOffer: this.#ofOffer.save(),
      designationOf: this.#designationOf,
      living: this.#living,
      byInstrument: this.#byInstrument.save(),
      byMeasurand: this.#byMeasurand.save(),
      byKind: this.#byKind.save(),
    };
  }

  load(saved: Saved): void {
    this.#keys.load(saved.keys as Saved);
    this.#parts.load(saved.parts as Saved);
    this.#members.load(saved.members as Saved);
    this.#placeOf = saved.placeOf as Int32Array<ArrayBuffer>;
    this.#offers.load(saved.offers as Saved);
    this.#offerOf = saved.offerOf as Int32Array<ArrayBuffer>;
    this.#ofOffer.load(saved.ofOffer as Saved);
    this.#designationOf = saved.designationOf as Int32Array<ArrayBuffer>;
    this.#living = saved.living as number;
    this.#byInstrument.load(saved.byInstrument as Saved);
    this.#byMeasurand.load(saved.byMeasurand as Saved);
    this.#byKind.load(saved.byKind as Saved);
  }
}
