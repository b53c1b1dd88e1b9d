/**
 * Imports being worked on, kept as they were last judged: every page and every decision asks for the same rows. Known by id and revision,
 * and beside the scope as it was; whatever changed meanwhile is judged anew.
 */
import type { StoredRow } from './compare-scope.ts';
import type { FileDifference } from './file-difference.ts';
import type { ImportFacts, JudgedImport, RowMemory } from './judge-import.server.ts';

export interface KeptImport {
  revision: number;
  fileName: string;
  encoding: string;
  accreditationId: string | null;
  facts: ImportFacts;
  judged: JudgedImport;
  memory: RowMemory;
  /** The scope as it was last read, by its `scopeMark`. */
  scope?: { mark: string; rows: StoredRow[] };
  /** Beside which scope what was found. */
  beside?: { mark: string; difference: FileDifference; signature: string };
}

/** Rows kept in all; a single import is kept however large it is. */
const MOST_ROWS = 40_000;

/** The imports used last. */
export class KeptImports {
  readonly #kept = new Map<string, KeptImport>();

  get(id: string): KeptImport | undefined {
    const found = this.#kept.get(id);
    if (found) {
      this.#kept.delete(id);
      this.#kept.set(id, found);
    }
    return found;
  }

  put(id: string, kept: KeptImport): void {
    this.#kept.delete(id);
    this.#kept.set(id, kept);
    let rows = 0;
    for (const [key, { facts }] of [...this.#kept].reverse()) {
      rows += facts.lines.length;
      if (rows > MOST_ROWS && key !== id) this.#kept.delete(key);
    }
  }

  drop(id: string): void {
    this.#kept.delete(id);
  }
}
