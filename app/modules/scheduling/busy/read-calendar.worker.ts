/** Runs in a thread of its own: a rule that never comes to an end takes nobody's turn, and ends with the thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { readCalendar } from './read-calendar.ts';

parentPort?.postMessage(readCalendar(workerData.file, workerData.wish));
