// Commands of a test run: several at a time, and runners whose death is told.
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, readFileSync, rmSync } from 'node:fs';

/**
 * Runs a command to its end.
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, keep?: string, quiet?: boolean }} options
 *   keep: a file that gets all it says; quiet: it is given back instead of shown at once, so that two do not speak into each other
 * @returns {Promise<{ ok: boolean, ended: string, said: string }>} ended: how, in words
 */
export function runCommand(command, { cwd, env, keep, quiet = false }) {
  const file = keep && createWriteStream(keep);
  const parts = [];
  const child = spawn(command, { cwd, env, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ])
    from.on('data', (part) => {
      file?.write(part);
      if (quiet) parts.push(part);
      else to.write(part);
    });
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ ok: false, ended: String(error), said: '' }));
    child.on('close', (code, signal) => {
      // A shell says of a signal that ended its command: 128 and its number.
      const ended = signal ? `ended by ${signal}` : code > 128 ? `ended by signal ${code - 128}` : `ended with ${code}`;
      const done = () => resolve({ ok: code === 0, ended, said: Buffer.concat(parts).toString() });
      if (file) file.end(done);
      else done();
    });
  });
}

/**
 * Runs a test runner that writes a report. One that dies without a report has failed no test: what it was doing is told, what it said is kept, and it is
 * run once more. One that reports is believed, whatever it reports; what one of its workers was at when it died is told beside (`left`, empty when
 * all ended), as no report names it.
 * @param {string} name
 * @param {(file: string) => object | undefined} read the report of a run, undefined when there is none
 */
export async function runRunner(name, command, { cwd, env, folder }, read) {
  const report = `${folder}/${name}.json`;
  const doing = `${folder}/${name}.doing`;
  const deaths = [];
  for (let turn = 1; ; turn++) {
    for (const file of [report, doing]) rmSync(file, { force: true });
    const keep = `${folder}/${name}-${turn}.log`;
    const { ok, ended } = await runCommand(command(report), { cwd, env: { ...env, HENGJI_DOING: doing }, keep });
    const said = read(report);
    const at = existsSync(doing) ? readFileSync(doing, 'utf8').trim() : '';
    if (said) return { ok, said, deaths, left: ok || !at ? [] : at.split('\n'), keep };
    deaths.push(`${name} ${ended} without a report; all it said is in ${keep}; it was at: ${at || 'its start'}`);
    console.error(`\n${deaths.at(-1)}\n`);
    if (turn === 2) return { ok: false, said: undefined, deaths, left: [], keep };
  }
}

/** Runs all, so many at a time, in their order; what comes back is in their order too. */
export async function inLanes(lanes, jobs, work) {
  const results = new Array(jobs.length);
  let next = 0;
  const lane = async () => {
    while (next < jobs.length) {
      const i = next++;
      results[i] = await work(jobs[i]);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
