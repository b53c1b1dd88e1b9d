import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { builtFiles } from '#app/http/files.server.ts';
import { createServices } from '#app/http/services.server.ts';
import { freshDatabaseUrl, testSettings } from '#tests/support/database.ts';
import { listeningSite } from './site.ts';

const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'hengji-http-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

describe('health', () => {
  it('is well and ready over a migrated database', async () => {
    const { url } = await listeningSite();
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  it('is alive but not ready when the database does not answer', async () => {
    const { url, services } = await listeningSite();
    await services.db.close();
    services.close = async () => {};
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
  });

  it('is not ready before the tables are there', async () => {
    const databaseUrl =
      inject('engine') === 'sqlite' ? join(folder(), 'empty.sqlite') : (await freshDatabaseUrl()).replace(/\/[^/]+$/, '/postgres');
    const { url } = await listeningSite({ databaseUrl });
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
  });
});

describe('going', () => {
  it('finishes a request in flight, takes no new one, and closes the database last', async () => {
    const { url, seen, running, services } = await listeningSite();
    const order: string[] = [];
    const close = services.close;
    services.close = async () => {
      order.push('closed');
      await close();
    };
    const slow = fetch(`${url}/slow`).then(async (response) => {
      order.push('answered');
      return response.text();
    });
    await seen.entered;
    const stopped = running.stop();
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    seen.release();
    expect(await slow).toBe('finished');
    await stopped;
    expect(order).toEqual(['answered', 'closed']);
  });

  it('does not wait for ever for a request that never ends', async () => {
    const { url, seen, running } = await listeningSite({ graceMs: 50 });
    const endless = fetch(`${url}/slow`);
    await seen.entered;
    const cut = expect(endless).rejects.toThrow();
    await running.stop();
    await cut;
  });

  it('gives a mutation’s effects to the background at once, and finishes a task before the database closes', async () => {
    const order: string[] = [];
    const gate = Promise.withResolvers<void>();
    const run = async () => {
      order.push('turn');
      if (order.length === 2) {
        await gate.promise;
        order.push('worked');
      }
    };
    const { url, running, services } = await listeningSite({ tasks: [{ name: 'outbox', everyMs: 3_600_000, run }] });
    const close = services.close;
    services.close = async () => {
      order.push('closed');
      await close();
    };
    await vi.waitFor(() => expect(order).toEqual(['turn']));
    await fetch(`${url}/form`, { method: 'POST', body: 'a=1', headers: { origin: url } });
    await vi.waitFor(() => expect(order).toEqual(['turn', 'turn']));
    const stopped = running.stop();
    gate.resolve();
    await stopped;
    expect(order).toEqual(['turn', 'turn', 'worked', 'closed']);
  });

  it('stops once, however often it is asked', async () => {
    const { running } = await listeningSite();
    await Promise.all([running.stop(), running.stop()]);
    await expect(running.stop()).resolves.toBeUndefined();
  });
});

describe('files', () => {
  const built = (path = folder()) => {
    mkdirSync(join(path, 'assets'));
    writeFileSync(join(path, 'assets/app-abc123.js'), 'plain');
    writeFileSync(join(path, 'assets/app-abc123.js.br'), 'smaller');
    writeFileSync(join(path, 'favicon.svg'), '<svg/>');
    return builtFiles(path);
  };

  it('are kept for ever when their name carries their hash, an hour otherwise', async () => {
    const { url } = await listeningSite({ files: built() });
    const asset = await fetch(`${url}/assets/app-abc123.js`, { headers: { 'accept-encoding': 'identity' } });
    expect(await asset.text()).toBe('plain');
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await fetch(`${url}/favicon.svg`)).headers.get('cache-control')).toBe('public, max-age=3600');
  });

  it('are sent as compressed at build time', async () => {
    const { url } = await listeningSite({ files: built() });
    const asset = await fetch(`${url}/assets/app-abc123.js`, { method: 'HEAD', headers: { 'accept-encoding': 'br' } });
    expect(asset.headers.get('content-encoding')).toBe('br');
    expect(asset.headers.get('content-length')).toBe('7');
  });

  it('of an earlier release are missing without being kept, and no address leads out of the folder', async () => {
    const { url } = await listeningSite({ files: built() });
    const gone = await fetch(`${url}/assets/old-000000.js`);
    expect([gone.status, gone.headers.get('cache-control')]).toEqual([404, 'no-store']);
    for (const path of ['/assets/..%2f..%2fpackage.json', '/assets/%2e%2e/%2e%2e/package.json'])
      expect(await (await fetch(url + path)).text()).not.toContain('hengji');
  });

  it('that vanish while the site runs end the one request that asked for them', async () => {
    const path = folder();
    const { url } = await listeningSite({ files: built(path) });
    rmSync(join(path, 'favicon.svg'));
    await expect(fetch(`${url}/favicon.svg`).then((answer) => answer.text())).rejects.toThrow();
    expect((await fetch(`${url}/assets/app-abc123.js`)).status).toBe(200);
  });

  it('ignore a range nobody can serve', async () => {
    const { url } = await listeningSite({ files: built() });
    const response = await fetch(`${url}/favicon.svg`, { headers: { range: 'bytes=9-2' } });
    expect(await response.text()).toBe('<svg/>');
  });
});

describe('services', () => {
  it('are made from settings and closed once', async () => {
    const services = await createServices({ ...testSettings(), databaseUrl: await freshDatabaseUrl() });
    expect(await services.db.read(async () => 'answer')).toBe('answer');
    await services.close();
  });
});
