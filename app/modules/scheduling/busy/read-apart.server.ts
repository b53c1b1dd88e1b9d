import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { type CalendarReading, MOST_CALENDAR_BYTES, type ReadingOptions } from './busy-times.ts';

/** Ten megabytes of events take three seconds and half of the memory. */
const LONGEST_MS = 10_000;
const MOST_MB = 256;
/** Processes at once, and calendars that may wait for one: a year of somebody's life is read in a tenth of a second. */
const AT_ONCE = 2;
const MOST_WAITING = 40;
/** By its name in the package: the built server is one file elsewhere, and the reader runs the source. */
const READER = createRequire(import.meta.url).resolve('#app/modules/scheduling/busy/read-calendar.child.ts');

let reading = 0;
const waiting: (() => void)[] = [];

/** Reads a calendar without stopping anything else; one that takes too long or too much memory is given up. */
export async function readApart(file: string, options: ReadingOptions, longestMs = LONGEST_MS): Promise<CalendarReading> {
  if (Buffer.byteLength(file) > MOST_CALENDAR_BYTES) return { fault: 'too_large' };
  if (reading >= AT_ONCE) {
    if (waiting.length >= MOST_WAITING) return { fault: 'took_too_long' };
    await new Promise<void>((turn) => waiting.push(turn));
  } else reading++;
  try {
    return await readInChild(file, options, longestMs);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else reading--;
  }
}

function readInChild(file: string, options: ReadingOptions, longestMs: number): Promise<CalendarReading> {
  return new Promise((done) => {
    // Nothing of this process's environment: what it reads is a stranger's. The table of lunar months is right on a clock of UTC alone.
    const child = fork(READER, {
      execArgv: [`--max-old-space-size=${MOST_MB}`],
      env: { NODE_ENV: 'production', TZ: 'UTC' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const giveUp = () => {
      child.kill('SIGKILL');
      done({ fault: 'took_too_long' });
    };
    const timer = setTimeout(giveUp, longestMs);
    child.once('message', (answer: CalendarReading) => done(answer));
    child.once('error', giveUp);
    child.once('exit', () => {
      clearTimeout(timer);
      // Nothing when it has answered.
      done({ fault: 'took_too_long' });
    });
    child.send({ file, options }, (error) => {
      if (error) giveUp();
    });
  });
}
