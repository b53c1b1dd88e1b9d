/**
 * Loaded into a site before it starts (NODE_OPTIONS=--import): writes down how long at most its request thread was held, in time the thread
 * worked, since it was last asked to. On a machine with other work a thread also waits for its turn, which is nobody's stall.
 */
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const { HENGJI_STALLS, HENGJI_STALLS_OF } = process.env;
/** Children the site starts have another parent. */
if (isMainThread && HENGJI_STALLS && process.ppid === Number(HENGJI_STALLS_OF)) {
  let last = process.threadCpuUsage();
  let stalls: number[] = [];
  setInterval(() => {
    const { user, system } = process.threadCpuUsage(last);
    last = process.threadCpuUsage();
    stalls.push((user + system) / 1000);
  }, 1).unref();
  process.on('SIGUSR2', () => {
    stalls.sort((a, b) => b - a);
    writeFileSync(HENGJI_STALLS, JSON.stringify(stalls.slice(0, 20)));
    stalls = [];
  });
}
