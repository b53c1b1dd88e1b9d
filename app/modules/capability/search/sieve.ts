/** What a search has found of its candidates before any is scored: those that may fit, and those that miss by so much at least. */
export class Sieve {
  /** Places of groups that may fit. */
  open = new Int32Array(256);
  openCount = 0;
  /** Places of groups that miss, and by how much at least. */
  short = new Int32Array(256);
  missing = new Float64Array(256);
  shortCount = 0;
  #order = new Float64Array(256);

  /** Empties it, with room for so many groups. */
  begin(size: number): void {
    this.openCount = 0;
    this.shortCount = 0;
    if (size <= this.open.length) return;
    const room = size + (size >> 2);
    this.open = new Int32Array(room);
    this.short = new Int32Array(room);
    this.missing = new Float64Array(room);
    this.#order = new Float64Array(room);
  }

  /** `shortfall` below zero: no candidate. */
  add(place: number, shortfall: number): void {
    if (shortfall === 0) this.open[this.openCount++] = place;
    else if (shortfall > 0) {
      this.short[this.shortCount] = place;
      this.missing[this.shortCount++] = shortfall;
    }
  }

  /** Goes once more through all that is in it; `judge` says how many whole units more each misses by, below zero: it is no candidate. */
  again(judge: (place: number) => number): void {
    const [opened, shorts] = [this.openCount, this.shortCount];
    this.shortCount = 0;
    for (let i = 0; i < shorts; i += 1) {
      const more = judge(this.short[i]!);
      if (more >= 0) this.add(this.short[i]!, this.missing[i]! + more);
    }
    this.openCount = 0;
    for (let i = 0; i < opened; i += 1) this.add(this.open[i]!, judge(this.open[i]!));
  }

  /** The `n`-th smallest of what is missing, or the largest where there are fewer: without putting the rest in order. */
  nthMissing(n: number): number {
    const order = this.#order;
    for (let i = 0; i < this.shortCount; i += 1) order[i] = this.missing[i]!;
    const wanted = Math.min(n, this.shortCount) - 1;
    let low = 0;
    let high = this.shortCount - 1;
    while (low < high) {
      const pivot = order[(low + high) >> 1]!;
      let i = low;
      let j = high;
      while (i <= j) {
        while (order[i]! < pivot) i += 1;
        while (order[j]! > pivot) j -= 1;
        if (i > j) break;
        const held = order[i]!;
        order[i++] = order[j]!;
        order[j--] = held;
      }
      if (wanted <= j) high = j;
      else if (wanted >= i) low = i;
      else break;
    }
    return order[wanted] ?? 0;
  }
}
