import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { type CalendarReading, MOST_CALENDAR_BYTES, type ReadingWish } from './busy-times.ts';

const LONGEST_MS = 10_000;
const MOST_MB = 128;
/** By its name in the package: the built server is one file elsewhere, and the thread reads the source. */
const READER = createRequire(import.meta.url).resolve('#app/modules/scheduling/busy/read-calendar.worker.ts');

/** Reads a calendar without stopping anything else; one that takes too long or too much memory is given up. */
export function readApart(file: string, wish: ReadingWish, longestMs = LONGEST_MS): Promise<CalendarReading> {
  if (Buffer.byteLength(file) > MOST_CALENDAR_BYTES) return Promise.resolve({ fault: 'too_large' });
  return new Promise((done, fail) => {
    const thread = new Worker(READER, {
      workerData: { file, wish },
      resourceLimits: { maxOldGenerationSizeMb: MOST_MB },
      execArgv: [],
      env: {},
    });
    const timer = setTimeout(() => {
      done({ fault: 'took_too_long' });
      void thread.terminate();
    }, longestMs);
    thread.once('message', done);
    thread.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') done({ fault: 'took_too_long' });
      else fail(error);
    });
    thread.once('exit', (code) => {
      clearTimeout(timer);
      if (code !== 0) done({ fault: 'took_too_long' });
    });
  });
}
