/** A site whose request thread is watched: how long at most it was held, in time the thread worked. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Server, startOurs } from './servers.ts';

/** @returns with `stalls`: the longest since it was last asked, longest first, in ms */
export async function startWatched(market: string): Promise<{ site: Server; stalls(): Promise<number[]> }> {
  const said = `${market}.stalls`;
  const site = await startOurs(market, {
    NODE_OPTIONS: `--import=${join(import.meta.dirname, 'stall-watch.ts')}`,
    HENGJI_STALLS: said,
    HENGJI_STALLS_OF: String(process.pid),
    TRUSTED_PROXIES: '1',
  });
  const stalls = async (): Promise<number[]> => {
    rmSync(said, { force: true });
    process.kill(site.pid, 'SIGUSR2');
    while (!existsSync(said)) await new Promise((next) => setTimeout(next, 100));
    await new Promise((next) => setTimeout(next, 200));
    return JSON.parse(readFileSync(said, 'utf8'));
  };
  return { site, stalls };
}
