/** Rounds, medians and spread: nothing is judged by one run, and every limit is measured between ours. */

export const median = (values: number[]): number => percentile(values, 50);

export function percentile(values: number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil((p / 100) * sorted.length) - 1))] ?? Number.NaN;
}

export type Line = {
  row: string;
  /** What is printed: `312 /s`, `4.1 ms`. */
  ours: string;
  limit: string;
  /** Median over the rounds; empty where the goal is a plain number. */
  ratio?: number;
  spread?: [number, number];
  goal: string;
  pass: boolean;
  note?: string;
};

type Pair = { ours: number; limit: number };

/** V8 compiles what is used most only after a while: a site that has been up for half a minute is what is measured. */
export const WARM_UPS = 4;

/** Runs ours and the limit in turn, so that a busy minute of the machine falls on both. */
export async function interleaved(rounds: number, ours: () => Promise<number>, limit: () => Promise<number>): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (let i = 0; i < WARM_UPS; i++) {
    await ours();
    await limit();
  }
  for (let i = 0; i < rounds; i++) {
    // Whoever goes second has the warmer machine: they take turns.
    if (i % 2 === 0) {
      const a = await ours();
      pairs.push({ ours: a, limit: await limit() });
    } else {
      const b = await limit();
      pairs.push({ ours: await ours(), limit: b });
    }
  }
  return pairs;
}

/** A line for a rate that must reach `floor` times the limit's (or, for durations, stay below `ceiling` times it). */
export function ratioLine(row: string, pairs: Pair[], unit: string, bound: { floor?: number; ceiling?: number; goal?: number }): Line {
  const ratios = pairs.map(({ ours, limit }) => ours / limit);
  const ratio = median(ratios);
  const show = (values: number[]) => `${format(median(values))} ${unit}`;
  return {
    row,
    ours: show(pairs.map((pair) => pair.ours)),
    limit: show(pairs.map((pair) => pair.limit)),
    ratio,
    spread: [Math.min(...ratios), Math.max(...ratios)],
    goal: bound.floor === undefined ? `≤ ${bound.ceiling} ×` : `≥ ${bound.floor} ×${bound.goal ? ` (goal ${bound.goal})` : ''}`,
    pass: bound.floor === undefined ? ratio <= (bound.ceiling ?? 0) : ratio >= bound.floor,
  };
}

export const format = (n: number): string => (n >= 100 ? Math.round(n).toString() : n >= 1 ? n.toFixed(1) : n.toFixed(3));

export async function times(count: number, work: (i: number) => Promise<unknown> | unknown): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < count; i++) {
    const began = performance.now();
    await work(i);
    found.push(performance.now() - began);
  }
  return found;
}

/** So many at a time until all are done. @returns per second */
export async function rate(total: number, atOnce: number, work: (i: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < total) await work(next++);
    }),
  );
  return (total / (performance.now() - began)) * 1000;
}

export function print(line: Line): void {
  const ratio = line.ratio === undefined ? '' : `  ${line.ratio.toFixed(2)} × [${line.spread?.map((r) => r.toFixed(2)).join('–')}]`;
  console.log(
    `${line.pass ? '✓' : '✗'} ${line.row}\n    ours ${line.ours}   limit ${line.limit}${ratio}   must be ${line.goal}${line.note ? `   ${line.note}` : ''}`,
  );
}
