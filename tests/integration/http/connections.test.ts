/** Health is told while a crowd stands at the door: connections that are open and say nothing, say half of something, or are just being opened. */
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import { listeningSite } from './site.ts';

const CROWD = 1_200;
/** What a balancer waits for an answer before it takes a process out. */
const MOST_MS = 1_000;

/** Connections that the kernel lets wait for one listener, whatever a process asks for. */
const kernelsMost = async () => Number(await readFile('/proc/sys/net/core/somaxconn', 'utf8').catch(() => '128'));

function crowdAt(port: number, told?: Int32Array) {
  const crowd = new Worker(new URL('./crowd.ts', import.meta.url), { workerData: { port, connections: CROWD, told } });
  onTestFinished(async () => void (await crowd.terminate()));
  return crowd;
}

it('answers /healthz within a second on a new connection while 1,200 others are opened and kept', async () => {
  const { url, port } = await listeningSite();
  const waits: number[] = [];
  const ask = async () => {
    const began = performance.now();
    const answer = await fetch(`${url}/healthz`, { headers: { connection: 'close' }, signal: AbortSignal.timeout(10_000) });
    await answer.arrayBuffer();
    expect(answer.status).toBe(200);
    waits.push(performance.now() - began);
  };
  // A site that has just begun is not what a crowd comes to.
  for (let i = 0; i < 20; i++) await (await fetch(`${url}/any/warm`)).arrayBuffer();
  let opened = 0;
  crowdAt(port).once('message', (count: number) => {
    opened = count;
  });
  while (opened === 0) {
    await ask();
    await pause(5);
  }
  // All of them stand there now.
  for (let i = 0; i < 50; i++) await ask();
  expect(opened).toBeGreaterThanOrEqual(1_000);
  expect(Math.max(...waits)).toBeLessThan(MOST_MS);
  // Who asks for a page is answered too: silence takes nobody's place.
  expect((await fetch(`${url}/any/y`)).status).toBe(200);
});

it('lets all of a crowd in that comes while the process does something else: nobody has to knock again a second later', async () => {
  const { port } = await listeningSite();
  const told = new Int32Array(new SharedArrayBuffer(4));
  const crowd = crowdAt(port, told);
  await new Promise((resolve) => crowd.once('online', resolve));
  // The thread that takes them in is held until all have come or, where the queue is short, some never do.
  const most = performance.now() + 10_000;
  while (Atomics.load(told, 0) < CROWD && performance.now() < most) Atomics.wait(told, 0, Atomics.load(told, 0), 100);
  expect(Atomics.load(told, 0)).toBeGreaterThanOrEqual(Math.min(CROWD, await kernelsMost()));
});
