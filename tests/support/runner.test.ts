import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { inLanes, runRunner } from './runner.mjs';

/** A runner of shell: what it does at its first and its second start. */
function runner(first: string, second: string) {
  const folder = mkdtempSync(join(tmpdir(), 'hengji-runner-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'turns.sh');
  const turns = join(folder, 'turns');
  writeFileSync(file, `report=$1; echo x >> ${turns}\nif [ "$(wc -l < ${turns})" -eq 1 ]; then\n${first}\nelse\n${second}\nfi\n`);
  const read = (report: string) => (existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined);
  return {
    starts: () => readFileSync(turns, 'utf8').trim().split('\n').length,
    run: () => runRunner('toy', (report: string) => `sh ${file} ${report}`, { cwd: folder, env: process.env, folder }, read),
  };
}

const DIES = 'echo "half a word"; echo "postgresql orders.test.ts › pays" > "$HENGJI_DOING"; kill -9 $$';
const PASSES = 'echo \'{"failed":0}\' > "$report"';
const FAILS = 'echo \'{"failed":1}\' > "$report"; exit 1';

describe('a runner of tests', () => {
  it('that died without a report is run once more, and what it was at and said is kept', async () => {
    const { run, starts } = runner(DIES, PASSES);
    const { ok, said, deaths } = await run();
    expect({ ok, said, starts: starts() }).toEqual({ ok: true, said: { failed: 0 }, starts: 2 });
    expect(deaths).toHaveLength(1);
    expect(deaths[0]).toMatch(/^toy ended by .*9.* without a report; .* it was at: postgresql orders\.test\.ts › pays$/);
    const [, log] = /is in (\S+);/.exec(deaths[0] as string) ?? [];
    expect(readFileSync(log as string, 'utf8')).toContain('half a word');
  });

  it('that dies twice has failed', async () => {
    const { run, starts } = runner(DIES, DIES);
    const { ok, said, deaths } = await run();
    expect({ ok, said, deaths: deaths.length, starts: starts() }).toEqual({ ok: false, said: undefined, deaths: 2, starts: 2 });
  });

  it('that reports a failure is believed, and not asked again', async () => {
    const { run, starts } = runner(FAILS, PASSES);
    const { ok, said, deaths, left } = await run();
    expect({ ok, said, deaths, left, starts: starts() }).toEqual({ ok: false, said: { failed: 1 }, deaths: [], left: [], starts: 1 });
  });

  it('that reports while a worker of it died says what that one was at, and keeps what was said', async () => {
    const { run } = runner(
      'echo "Worker exited"; printf "sqlite races.test.ts\\nsqlite races.test.ts › pays" > "$HENGJI_DOING"; echo \'{"failed":0}\' > "$report"; exit 1',
      PASSES,
    );
    const { ok, deaths, left, keep } = await run();
    expect({ ok, deaths, left }).toEqual({ ok: false, deaths: [], left: ['sqlite races.test.ts', 'sqlite races.test.ts › pays'] });
    expect(readFileSync(keep, 'utf8')).toContain('Worker exited');
  });
});

it('lanes do all there is, no more at a time than there are, and keep the order of what comes back', async () => {
  let now = 0;
  let most = 0;
  const results = await inLanes(2, [5, 1, 3, 1, 1], async (ms: number) => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, ms));
    now--;
    return ms * 2;
  });
  expect(results).toEqual([10, 2, 6, 2, 2]);
  expect(most).toBe(2);
});
