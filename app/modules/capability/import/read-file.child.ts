/** Runs in a process of its own: a file made to take long holds up nobody else. */
import type { Brought } from './read-apart.server.ts';
import { readFile, readPasted } from './read-file.server.ts';

process.once('message', async (brought: Brought) => {
  const answer = 'pasted' in brought ? readPasted(brought.pasted) : await readFile(brought.bytes);
  process.send?.(answer, () => process.disconnect());
});
