/**
 * Instruments and all the names people call them by, in both languages, with pinyin and its initials: what search by words and search by
 * need know of words. Names are met as sequences of atoms (atomsOf), the longest first.
 */
import { createRequire } from 'node:module';
import type Pinyin from 'pinyin-pro';
import { atomsOf, isHan } from './fold.ts';
import rows from './instruments.json' with { type: 'json' };
import { slips, slipsAllowed } from './near.ts';

/** What an accuracy class says: a share of the span, of the reading; or a grade, which is no limit of error by itself. */
export type ClassMeaning = 'span' | 'reading' | 'grade';

/**
 * What one number says of an instrument that is called by the end of its range: a 300 mm caliper measures from zero, a 50 mm micrometer from
 * 25 mm; what measures force or torque is calibrated from a fifth of its range on (ISO 7500-1, ISO 6789), what weighs from its minimum
 * capacity on (OIML R 76).
 */
export type SizeMeaning = 'from_zero' | 'steps_of_25' | 'from_fifth' | 'capacity_of_scale' | 'capacity_of_balance';

export interface Instrument {
  id: number;
  zh: string;
  en: string;
  /** Proper names, those of `zh` and `en` first among their language. */
  names: readonly string[];
  /** Wider names, which may mean it among others: 硬度计, "thermocouple". */
  wider: readonly string[];
  classMeans: ClassMeaning | null;
  sizeMeans: SizeMeaning | null;
}

/** A stretch of atoms that is a name. `named`: what it properly names; `wider`: what else it may mean. */
export interface Named {
  from: number;
  until: number;
  named: readonly number[];
  wider: readonly number[];
}

type Node = { next: Map<string, Node>; named: number[]; wider: number[] };
const node = (): Node => ({ next: new Map(), named: [], wider: [] });

type Row = { zh: string[]; en: string[]; may?: string[]; class?: string; size?: string };

export class Lexicon {
  readonly instruments: Instrument[] = [];
  readonly #root = node();
  /** Pinyin and initials, by which instruments are read aloud. Made when first asked for. */
  #aloud: Map<string, Set<string>> | undefined;
  readonly #endings = new Map<string, readonly number[]>();
  #names: { atoms: string[]; text: string; han: boolean }[] | undefined;

  add({ zh, en, may = [], class: means, size }: Row): number {
    const id = this.instruments.length;
    const instrument = {
      id,
      zh: zh[0] as string,
      en: en[0] ?? '',
      names: [...zh, ...en],
      wider: may,
      classMeans: (means ?? null) as ClassMeaning | null,
      sizeMeans: (size ?? null) as SizeMeaning | null,
    };
    this.instruments.push(instrument);
    for (const name of instrument.names) note(this.#ending(name)?.named, id);
    for (const name of may) note(this.#ending(name)?.wider, id);
    this.#aloud = undefined;
    this.#names = undefined;
    this.#endings.clear();
    return id;
  }

  /** What a text properly names as a whole. */
  named(text: string): readonly number[] {
    return this.#find(atomsOf(text))?.named ?? [];
  }

  /** What a text as a whole properly names, or may mean. */
  meant(text: string): readonly number[] {
    const end = this.#find(atomsOf(text));
    return end ? [...new Set([...end.named, ...end.wider])] : [];
  }

  /** Instruments with a name that ends so: a "wrench" is a torque wrench, and a tester of torque wrenches is none. */
  endingIn(pieces: readonly string[]): readonly number[] {
    const end = atomsOf(pieces.join(' '));
    const key = end.join('\n');
    const known =
      this.#endings.get(key) ??
      this.instruments.filter(({ names }) => names.some((name) => endsIn(atomsOf(name), end))).map(({ id }) => id);
    if (this.#endings.size < MOST_ENDINGS) this.#endings.set(key, known);
    return known;
  }

  /** The names in a sequence of atoms, the longest from each place on, none over another. */
  namesIn(atoms: readonly string[]): Named[] {
    const found: Named[] = [];
    for (let from = 0; from < atoms.length; ) {
      let at = this.#root.next.get(atoms[from] as string);
      let best: Named | undefined;
      for (let i = from + 1; at; i++) {
        if (at.named.length + at.wider.length > 0) best = { from, until: i, named: at.named, wider: at.wider };
        at = i < atoms.length ? at.next.get(atoms[i] as string) : undefined;
      }
      if (best) found.push(best);
      from = best?.until ?? from + 1;
    }
    return found;
  }

  /** Chinese names that read like `word`, or have it as their initials; failing that, whose reading begins so. */
  aloud(word: string): string[] {
    const spoken = this.#spoken();
    const exact = spoken.get(word);
    if (exact) return [...exact];
    if (word.length < SHORTEST_BEGINNING) return [];
    const begun = new Set<string>();
    for (const [reading, names] of spoken) if (reading.startsWith(word)) for (const name of names) begun.add(name);
    return [...begun];
  }

  /** Names within a few slips of the text, or that sound the same, nearest first: what may have been meant. */
  near(text: string, limit: number): string[] {
    const atoms = atomsOf(text);
    const asked = atoms.join('');
    const han = atoms.every(isHan);
    const most = slipsAllowed(asked.length, han);
    const sound = han && atoms.length > 1 ? readingOf(asked) : '';
    const rated: { name: string; far: number }[] = [];
    for (const name of this.#nameList()) {
      if (name.han !== han) continue;
      const far = slips(asked, name.text, most);
      if (far === 0) return [];
      // What sounds the same was chosen from a list of characters, and comes before what looks alike.
      if (sound && name.text.length === asked.length && readingOf(name.text) === sound)
        rated.push({ name: name.text, far: far * SOUNDS_SAME });
      else if (far <= most) rated.push({ name: name.atoms.join(han ? '' : ' '), far });
    }
    const apart = ({ name }: { name: string }) => Math.abs(name.length - asked.length);
    rated.sort((a, b) => a.far - b.far || apart(a) - apart(b) || a.name.length - b.name.length);
    return [...new Set(rated.map(({ name }) => name))].slice(0, limit);
  }

  #ending(name: string): Node | undefined {
    const atoms = atomsOf(name);
    let at = this.#root;
    for (const atom of atoms) {
      const next = at.next.get(atom) ?? node();
      at.next.set(atom, next);
      at = next;
    }
    return atoms.length > 0 ? at : undefined;
  }

  #find(atoms: readonly string[]): Node | undefined {
    let at: Node | undefined = this.#root;
    for (const atom of atoms) at = at?.next.get(atom);
    return at === this.#root ? undefined : at;
  }

  #spoken(): Map<string, Set<string>> {
    if (this.#aloud) return this.#aloud;
    const spoken = new Map<string, Set<string>>();
    const say = (reading: string, name: string) => spoken.set(reading, (spoken.get(reading) ?? new Set()).add(name));
    for (const { text, han } of this.#nameList()) {
      if (!han || text.length < 2) continue;
      const syllables = syllablesOf(text);
      say(syllables.join(''), text);
      if (syllables.length >= SHORTEST_INITIALS) say(syllables.map((syllable) => syllable[0]).join(''), text);
    }
    this.#aloud = spoken;
    return spoken;
  }

  #nameList() {
    this.#names ??= [...new Set(this.instruments.flatMap(({ names, wider }) => [...names, ...wider]))].map((name) => {
      const atoms = atomsOf(name);
      return { atoms, text: atoms.join(''), han: atoms.every(isHan) };
    });
    return this.#names;
  }
}

/** `qfc` may be said of an instrument, `qf` may be anything. */
const SHORTEST_INITIALS = 3;
const SHORTEST_BEGINNING = 5;
/** A slip that sounds the same counts for less. */
const SOUNDS_SAME = 0.4;

/** Its dictionary takes 17 MB: loaded when somebody types letters that no name has. */
const require = createRequire(import.meta.url);
let pinyin: typeof Pinyin.pinyin | undefined;

function syllablesOf(text: string): string[] {
  pinyin ??= (require('pinyin-pro') as typeof Pinyin).pinyin;
  return pinyin(text, { toneType: 'none', type: 'array', v: true });
}

const readings = new Map<string, string>();
const MOST_READINGS = 20_000;

function readingOf(text: string): string {
  const known = readings.get(text) ?? syllablesOf(text).join(' ');
  if (readings.size < MOST_READINGS) readings.set(text, known);
  return known;
}

const MOST_ENDINGS = 2000;

const endsIn = (atoms: readonly string[], end: readonly string[]): boolean =>
  end.length <= atoms.length && end.every((atom, i) => atom === atoms[atoms.length - end.length + i]);

function note(ids: number[] | undefined, id: number): void {
  if (ids && !ids.includes(id)) ids.push(id);
}

let common: Lexicon | undefined;

/** The instruments every metrologist knows; nobody adds to it. */
export function commonLexicon(): Lexicon {
  if (common) return common;
  common = new Lexicon();
  for (const row of rows as Row[]) common.add(row);
  return common;
}
