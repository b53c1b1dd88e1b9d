/** The market ten times as large: how long a start takes, what it holds, and what a visitor waits for. Each step in a process of its own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PRODUCT_FLAGS } from '../../app/http/commands/bootstrap.mjs';
import type { Grown } from './growth-step.ts';
import { format, type Line } from './measure.ts';

const step = (file: string, folder: string): Grown => {
  const { stdout, status } = spawnSync(process.execPath, [...PRODUCT_FLAGS, join(import.meta.dirname, 'growth-step.ts'), file, folder], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`a step of the growth ended with ${status}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) as string) as Grown;
};

/** The first start reads the tables and leaves a snapshot; the second is the one that counts. */
export function growth(file: string): Line[] {
  const folder = mkdtempSync(join(tmpdir(), 'hengji-bench-snapshots-'));
  try {
    const first = step(file, folder);
    const then = step(file, folder);
    const line = (row: string, value: number, unit: string, most: number | null, note = ''): Line => ({
      row: `500,000 services: ${row}`,
      ours: `${format(value)} ${unit}`,
      limit: '–',
      goal: most === null ? '–' : `≤ ${most} ${unit}`,
      pass: most === null || value <= most,
      ...(note ? { note } : {}),
    });
    return [
      line('start to first answer', then.startMs, 'ms', 5_000, `without a snapshot ${format(first.startMs / 1000)} s`),
      line('memory', then.memoryMb, 'MB', 1_200, `of them ${format(then.besideMb)} MB before anything was loaded`),
      line('facts of the home page, after a change', then.homeMs, 'ms', 10),
      line('broad need: p99', then.broadMs, 'ms', 30, `first ask ${format(then.broadFirstMs)} ms, median ${format(then.broadMedianMs)} ms`),
      line('nine needs in turn: p99', then.needMs, 'ms', null),
      line('word search: p99', then.wordMs, 'ms', null, `median ${format(then.wordMedianMs)} ms`),
      line('one change seen', then.changeMs, 'ms', 20),
      line('longest stall while loading', Math.max(first.stallMs, then.stallMs), 'ms', 100, `from a snapshot ${format(then.stallMs)} ms`),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
