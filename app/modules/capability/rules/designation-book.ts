/** Which classes, types and sizes the scopes state for which instrument, and the one a visitor names with it. */
import { type Capability, nameKey } from './capability.ts';
import { type Designation, rowDesignation, type Split, splitDesignation, splitName, unmarkedDesignation } from './designation.ts';

export interface DesignationBook {
  /** Instrument → what its rows state, by key. */
  stated: Map<string, Map<string, Designation>>;
  /** Name without its designation → instruments: 热电偶 → K型热电偶, S型热电偶. */
  families: Map<string, Set<string>>;
}

export function buildDesignations(rows: Iterable<Pick<Capability, 'instrumentZh' | 'designation'>>): DesignationBook {
  const book: DesignationBook = { stated: new Map(), families: new Map() };
  const seen = new Set<string>();
  for (const row of rows) {
    const once = `${row.instrumentZh}\u0000${row.designation}`;
    if (seen.has(once)) continue;
    seen.add(once);
    const key = nameKey(row.instrumentZh);
    const family = nameKey(splitName(row.instrumentZh)?.rest ?? row.instrumentZh);
    book.families.set(family, (book.families.get(family) ?? new Set()).add(key));
    const designation = rowDesignation(row);
    if (designation) book.stated.set(key, (book.stated.get(key) ?? new Map()).set(designation.key, designation));
  }
  return book;
}

/** What a text names beside its instruments. */
export interface Named extends Split {
  /** Marked by a word as a class or type, so that the rest is a name of its own. */
  marked: boolean;
  /** Instruments of that family, of whichever class or type. */
  instruments: string[];
}

/** The designation a text names, where `meant` are the instruments it is understood as; null where it names none. */
export function namedDesignation(book: DesignationBook, text: string, meant: readonly string[]): Named | null {
  const familyOf = (rest: string) => [...(book.families.get(nameKey(rest)) ?? [])];
  const statedFor = (rest: string) => [...meant, ...familyOf(rest)].flatMap((key) => [...(book.stated.get(key)?.values() ?? [])]);
  const marked = splitDesignation(text);
  const split = marked ?? unmarkedDesignation(text, statedFor);
  return split && { ...split, marked: marked !== null, instruments: familyOf(split.rest) };
}
