/** Work on what strangers bring, in a process of its own: whatever it takes of time and memory, nothing but itself ends with it. */
import { fork } from 'node:child_process';

export type ApartLimits = {
  longestMs: number;
  mostMb: number;
  /** Processes at once, and pieces of work that may wait for one. */
  atOnce: number;
  mostWaiting: number;
};

/** `busy`: too much waits already · `given_up`: it took too long or too much memory, or came to no answer */
export type ApartAnswer<T> = { answer: T } | { fault: 'busy' | 'given_up' };

/**
 * @param reader path of a module that answers the first message it gets with one of its own
 * @returns what hands it a piece of work
 */
export function apart<Wish, Answer>(reader: string, { longestMs, mostMb, atOnce, mostWaiting }: ApartLimits) {
  let working = 0;
  const waiting: (() => void)[] = [];
  return async (wish: Wish, longest = longestMs): Promise<ApartAnswer<Answer>> => {
    if (working >= atOnce) {
      if (waiting.length >= mostWaiting) return { fault: 'busy' };
      await new Promise<void>((turn) => waiting.push(turn));
    } else working++;
    try {
      return await inChild<Wish, Answer>(reader, wish, longest, mostMb);
    } finally {
      const next = waiting.shift();
      if (next) next();
      else working--;
    }
  };
}

function inChild<Wish, Answer>(reader: string, wish: Wish, longestMs: number, mostMb: number): Promise<ApartAnswer<Answer>> {
  return new Promise((done) => {
    // Nothing of this process's environment: what it reads is a stranger's. The table of lunar months is right on a clock of UTC alone.
    const child = fork(reader, {
      execArgv: [`--max-old-space-size=${mostMb}`],
      env: { NODE_ENV: 'production', TZ: 'UTC' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    const giveUp = () => {
      child.kill('SIGKILL');
      done({ fault: 'given_up' });
    };
    const timer = setTimeout(giveUp, longestMs);
    child.once('message', (answer) => done({ answer: answer as Answer }));
    child.once('error', giveUp);
    child.once('exit', () => {
      clearTimeout(timer);
      // Nothing when it has answered.
      done({ fault: 'given_up' });
    });
    child.send(wish as object, (error) => {
      if (error) giveUp();
    });
  });
}
