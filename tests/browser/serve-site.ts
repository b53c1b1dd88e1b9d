import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FullConfig } from '@playwright/test';
import { freePorts } from '#tests/support/free-ports.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Building, migrating and seeding on a busy machine. */
const START_MS = 240_000;

async function ready(site: string, child: ChildProcess): Promise<void> {
  for (const until = Date.now() + START_MS; Date.now() < until; ) {
    if (child.exitCode !== null) throw new Error(`the site ended with ${child.exitCode} before it was ready`);
    const answer = await fetch(`${site}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('the site was not ready in time');
}

/** The site as `npm start` runs it, on ports of its own over this folder. */
async function serve(folder: string) {
  const [port = 0, emulator = 0] = await freePorts(2);
  const child = spawn(process.execPath, [join(ROOT, 'app/development/start.mjs')], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PORT: String(port), STAND_IN_PORT: String(emulator), DATA_FOLDER: folder, DATABASE_URL: '', ORIGIN: '' },
  });
  const site = `http://localhost:${port}`;
  await ready(site, child);
  return {
    site,
    stop: async () => {
      child.kill('SIGTERM');
      await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

/** A site for each worker, so that nobody meets another's clicks; seeded once and copied. HENGJI_SITE tests one that is running already. */
export default async function serveSites(config: FullConfig) {
  if (process.env.HENGJI_SITE) return;
  const base = mkdtempSync(join(tmpdir(), 'hengji-browser-'));
  const folders = Array.from({ length: config.workers }, (_, i) => join(base, String(i)));
  const first = folders[0] as string;
  if (folders.length > 1) {
    const seeding = await serve(first);
    await seeding.stop();
    for (const folder of folders.slice(1)) cpSync(first, folder, { recursive: true });
  }
  const sites = await Promise.all(folders.map(serve));
  process.env.HENGJI_SITE_FOLDERS = folders.join(' ');
  process.env.HENGJI_SITES = sites.map(({ site }) => site).join(' ');
  return async () => {
    await Promise.all(sites.map(({ stop }) => stop()));
    rmSync(base, { recursive: true, force: true });
  };
}
