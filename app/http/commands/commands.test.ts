import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const COMMANDS = import.meta.dirname;
const DEVELOPMENT = join(COMMANDS, '../../development');
const START_MS = 30_000;

type Ended = { code: number | null; out: string; err: string };

/** Runs a command to its end, with only the settings given. */
function command(file: string, env: Record<string, string> = {}): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [file], { env: { PATH, HOME, NODE_ENV: 'production', ...env } });
  // One that serves although it should have refused does not outlive its test.
  onTestFinished(() => void child.kill());
  const ended: Ended = { code: null, out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => (ended.out += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (ended.err += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...ended, code })));
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'hengji-command-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A port another program has. */
async function takenPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  onTestFinished(() => void server.close());
  return String((server.address() as { port: number }).port);
}

/** Ended as a command should that cannot start: exit code 1 and exactly one line, which says `what`. */
function expectOneLine({ code, err }: Ended, what: RegExp): void {
  expect(err).toMatch(what);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(err).toMatch(/^hengji: /);
  expect(code).toBe(1);
}

/** Without a port: all but one of these are refused before it is looked at, so that it does not matter who has it. */
const PRODUCTION = {
  ORIGIN: 'https://hengji.example',
  STRIPE_SECRET_KEY: 'sk_test_x',
  STRIPE_WEBHOOK_SECRETS: 'whsec_x',
  SMTP_URL: 'smtp://127.0.0.1:1',
};

for (const name of ['start', 'serve'] as const) {
  const file = name === 'start' ? join(DEVELOPMENT, 'start.mjs') : join(COMMANDS, 'serve.mjs');
  const settings = (env: Record<string, string>) => ({
    ...(name === 'serve' ? PRODUCTION : {}),
    DATA_FOLDER: folder(),
    ...env,
  });

  describe(`npm ${name === 'serve' ? 'run serve' : 'start'} says in one line`, { timeout: START_MS }, () => {
    it('that the port is taken', async () => {
      const PORT = await takenPort();
      expectOneLine(await command(file, settings({ PORT })), new RegExp(`Port ${PORT} is taken.*PORT names another`));
    });

    it('that the data folder cannot be written', async () => {
      // Below a file there can be no folder, for root neither.
      const inTheWay = join(folder(), 'file');
      writeFileSync(inTheWay, '');
      const DATA_FOLDER = join(inTheWay, 'data');
      expectOneLine(await command(file, settings({ DATA_FOLDER })), /data folder .*file\/data cannot be written/);
    });

    it('which settings are bad, all of them', async () => {
      const bad = { PORT: 'eighty', DATABASE_URL: 'mysql://x', SMTP_URL: 'nonsense' };
      expectOneLine(await command(file, settings(bad)), /PORT .*DATABASE_URL must start with postgres:\/\/.*SMTP_URL /);
    });
  });
}

describe('npm run serve', { timeout: START_MS }, () => {
  const serve = (env: Record<string, string>) => command(join(COMMANDS, 'serve.mjs'), { DATA_FOLDER: folder(), ...env });

  it('refuses to be a demonstration', async () => {
    expectOneLine(await serve({ ...PRODUCTION, DEMONSTRATION: '1' }), /DEMONSTRATION is for `npm start` only/);
  });

  it('refuses to run without payments, mail and an address', async () => {
    expectOneLine(await serve({}), /ORIGIN .*STRIPE_SECRET_KEY .*SMTP_URL /);
  });
});

describe('the first steps, on whatever Node the machine has', { timeout: START_MS }, () => {
  const bootstrap = join(COMMANDS, 'bootstrap.mjs');
  const ask = (call: string) => {
    const file = join(folder(), 'ask.mjs');
    writeFileSync(file, `import * as bootstrap from ${JSON.stringify(bootstrap)};\nconsole.log(${call});\n`);
    return command(file);
  };

  it('refuse a Node that cannot even install', async () => {
    expectOneLine(await ask(`bootstrap.checkNode('v18.20.4')`), /Node v18\.20\.4 is too old; Node 20 or newer/);
    expect((await ask(`bootstrap.checkNode('v20.0.0')`)).code).toBe(0);
  });

  it('refuse a Node too old to run on where there is none to install, and take one that is new enough', async () => {
    const nowhere = JSON.stringify(folder());
    expectOneLine(await ask(`bootstrap.productNode(${nowhere}, 'v22.11.0')`), /Node v22\.11\.0 is too old.*22\.12 or newer/);
    expect((await ask(`bootstrap.productNode(${nowhere}, 'v22.12.0')`)).out.trim()).toBe(process.execPath);
  });

  it('know whether what is installed is what the lock file says', async () => {
    const root = folder();
    const packages = { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0', optional: true } };
    const installed = (versions: object) => {
      mkdirSync(join(root, 'node_modules'), { recursive: true });
      writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: versions }));
      return ask(`bootstrap.isInstalled(${JSON.stringify(root)})`).then(({ out }) => out.trim());
    };
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages }));
    expect((await ask(`bootstrap.isInstalled(${JSON.stringify(root)})`)).out.trim()).toBe('false');
    expect(await installed({ 'node_modules/a': { version: '1.0.0' } })).toBe('true');
    expect(await installed({ 'node_modules/a': { version: '0.9.0' } })).toBe('false');
    expect(await installed({})).toBe('false');
  });

  it('serve without what only building and testing need, and not without the rest', async () => {
    const root = folder();
    const packages = { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0', dev: true } };
    mkdirSync(join(root, 'node_modules'));
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages }));
    const has = async (versions: object, call: string) => {
      writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: versions }));
      return (await ask(`bootstrap.isInstalled(${JSON.stringify(root)}${call})`)).out.trim();
    };
    expect(await has({ 'node_modules/a': { version: '1.0.0' } }, ', true')).toBe('true');
    expect(await has({ 'node_modules/a': { version: '1.0.0' } }, '')).toBe('false');
    expect(await has({ 'node_modules/b': { version: '2.0.0' } }, ', true')).toBe('false');
  });

  it('say in one line why installing failed', async () => {
    const root = folder();
    cpSync(COMMANDS, join(root, 'app/http/commands'), { recursive: true });
    cpSync(join(DEVELOPMENT, 'start.mjs'), join(root, 'app/development/start.mjs'));
    writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'x', version: '1.0.0', dependencies: { missing: 'file:./missing' } }));
    const lock = {
      name: 'x',
      version: '1.0.0',
      lockfileVersion: 3,
      packages: { '': { name: 'x', version: '1.0.0' }, 'node_modules/y': { version: '1.0.0' } },
    };
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock));
    expectOneLine(await command(join(root, 'app/development/start.mjs')), /Installing the packages failed: /);
  });
});
