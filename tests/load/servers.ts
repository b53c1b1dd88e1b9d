/** Ours and the bare one, each in a process of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import autocannon from 'autocannon';
import Sqlite from 'better-sqlite3';
import { freePorts } from '#tests/support/free-ports.ts';
import { PRODUCT_ENV, PRODUCT_FLAGS } from '../../app/http/commands/bootstrap.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const BARE = join(import.meta.dirname, 'bare');

export type Server = { url: string; pid: number; folder: string; startMs: number; stop(): Promise<void> };

async function up(child: ChildProcess, url: string): Promise<number> {
  const began = performance.now();
  for (;;) {
    if (child.exitCode !== null) throw new Error(`a server ended with ${child.exitCode} at its start`);
    const answer = await fetch(url).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return performance.now() - began;
    await new Promise((next) => setTimeout(next, 5));
  }
}

function server(child: ChildProcess, url: string, folder: string, startMs: number): Server {
  return {
    url,
    folder,
    pid: child.pid ?? 0,
    startMs,
    stop: async () => {
      child.kill('SIGTERM');
      await new Promise((done) => child.once('exit', done));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** As `npm start` runs it, over a copy of the given database. */
export async function startOurs(market: string, env: Record<string, string> = {}): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'hengji-bench-ours-'));
  copyFileSync(market, join(folder, 'hengji.sqlite'));
  const [port = 0, emulator = 0] = await freePorts(2);
  const child = spawn(process.execPath, [...PRODUCT_FLAGS, join(ROOT, 'app/development/demonstration.ts')], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...PRODUCT_ENV,
      ...process.env,
      NODE_ENV: 'production',
      DEMONSTRATION: '1',
      LOG_LEVEL: 'error',
      PORT: String(port),
      STAND_IN_PORT: String(emulator),
      DATA_FOLDER: folder,
      DATABASE_URL: '',
      ...env,
    },
  });
  const url = `http://localhost:${port}`;
  return server(child, url, folder, await up(child, `${url}/sign-in`));
}

export function buildBare(): void {
  const built = join(BARE, 'build/server/index.js');
  const changed = globSync('**/*.{ts,tsx}', { cwd: BARE }).map((file) => statSync(join(BARE, file)).mtimeMs);
  if (existsSync(built) && statSync(built).mtimeMs > Math.max(...changed)) return;
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'node_modules/@remix-run/dev/dist/cli.js'), 'vite:build'], {
    cwd: BARE,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status !== 0) throw new Error(`the bare application does not build: ${stderr}`);
}

export async function startBare(market: string): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'hengji-bench-bare-'));
  const file = join(folder, 'bare.sqlite');
  copyFileSync(market, file);
  const db = new Sqlite(file);
  db.exec('CREATE TABLE bare_claim (resource TEXT NOT NULL, cell INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (resource, cell))');
  db.close();
  const [port = 0] = await freePorts(1);
  const child = spawn(process.execPath, [join(BARE, 'server.ts')], {
    cwd: BARE,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', PORT: String(port), BARE_DATABASE: file },
  });
  const url = `http://127.0.0.1:${port}`;
  return server(child, url, folder, await up(child, `${url}/bytes?lines=1`));
}

export const CONNECTIONS = 8;

let host = 0;

/**
 * Requests a second over `seconds`, uncompressed; every answer must be 200. A page of visitors is kept for moments by host and address:
 * 'never kept' asks every time for another host.
 */
export async function load(url: string, seconds: number, headers: Record<string, string> = {}, kept?: 'never kept'): Promise<number> {
  const anew = {
    setupRequest: (request: autocannon.Request) => ({ ...request, headers: { ...request.headers, host: `h${++host}.localhost` } }),
  };
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    headers: { 'accept-encoding': 'identity', ...headers },
    ...(kept && { requests: [anew] }),
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${url}: ${result.non2xx} answers were no 200, ${result.errors} errors`);
  return result.requests.total / result.duration;
}

const SETTLED_MS = 1000;
const MOST_SETTLING_MS = 120_000;

/**
 * Waits until a server does nothing by itself any more: after its start it takes the catalogue into its index beside the first requests, for as
 * long as that has thousands of services, and what is measured then is the start.
 */
export async function settled({ pid }: Server): Promise<void> {
  const until = performance.now() + MOST_SETTLING_MS;
  for (let before = processorMs(pid); ; ) {
    await new Promise((next) => setTimeout(next, SETTLED_MS));
    const now = processorMs(pid);
    if (now - before < SETTLED_MS / 20) return;
    if (performance.now() > until) throw new Error('a server is still at work two minutes after its start');
    before = now;
  }
}

/** Processor time of all threads (Linux; a tick is 10 ms). */
export function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Resident memory in MB (Linux). */
export function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

/** A session's cookie, for requests as that person. */
export async function signIn(url: string, email: string, password: string): Promise<string> {
  const answer = await fetch(`${url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: url },
    body: new URLSearchParams({ email, password }),
  });
  const cookie = answer.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');
  if (answer.status >= 400 || !cookie) throw new Error(`signing in answered ${answer.status}`);
  return cookie;
}
