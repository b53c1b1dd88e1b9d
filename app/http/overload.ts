/** Requests begin a few at a time, and when too many wait, the rest is turned away at once: those that are not are answered soon. */

/**
 * New work of one turn of the event loop. The loop takes one new connection a turn: with hundreds of requests begun in one, a health check
 * would wait for minutes to be let in.
 */
const SLICE_MS = 10;
/** A turn that takes this long is busy with earlier requests: one more may begin in it, not two. */
const LONG_TURN_MS = 60;
/** How many may wait: visitors as many as an eighth of a second serves; people who are signed in go before them, and more of them may wait. */
const MOST_VISITORS = 48;
const MOST_SIGNED_IN = 256;
/** How many may be at work, most of them waiting for a database or a gateway. With more of them memory would run out. */
const MOST_AT_WORK = 512;

export type Asked = {
  begin: () => void;
  turnAway: () => void;
  /** Asked only when there is no room among the visitors. */
  isSignedIn: () => Promise<boolean>;
};

export type Overload = {
  ask(asked: Asked): Promise<void>;
  /** A request that was begun has been answered. */
  end(): void;
  state(): { atWork: number; waiting: number; turnedAway: { visitors: number; signedIn: number } };
};

/** @param soon runs work in the next turn of the loop; a test has a clock and a loop of its own */
export function overload(now: () => number = () => performance.now(), soon: (work: () => void) => void = setImmediate): Overload {
  const visitors: Asked[] = [];
  const signedIn: Asked[] = [];
  const turnedAway = { visitors: 0, signedIn: 0 };
  let atWork = 0;
  /** When the turn began, while there is one with work in it. */
  let turnAt: number | undefined;

  const begin = (asked: Asked) => {
    atWork++;
    asked.begin();
  };
  const turn = () => {
    const long = now() - (turnAt as number) > LONG_TURN_MS;
    turnAt = now();
    for (let begun = 0; atWork < MOST_AT_WORK; begun++) {
      if (begun > 0 && (long || now() - turnAt >= SLICE_MS)) break;
      const next = signedIn.shift() ?? visitors.shift();
      if (!next) break;
      begin(next);
    }
    if (signedIn.length + visitors.length > 0 && atWork < MOST_AT_WORK) soon(turn);
    else turnAt = undefined;
  };
  const turnSoon = () => {
    if (turnAt !== undefined) return;
    turnAt = now();
    soon(turn);
  };
  const wait = (row: Asked[], asked: Asked) => {
    row.push(asked);
    turnSoon();
  };

  return {
    ask: async (asked) => {
      const free = signedIn.length + visitors.length === 0 && atWork < MOST_AT_WORK && (turnAt === undefined || now() - turnAt < SLICE_MS);
      if (free) {
        turnSoon();
        return begin(asked);
      }
      if (visitors.length < MOST_VISITORS) return wait(visitors, asked);
      const known = signedIn.length < MOST_SIGNED_IN && (await asked.isSignedIn());
      if (known && signedIn.length < MOST_SIGNED_IN) return wait(signedIn, asked);
      turnedAway[known ? 'signedIn' : 'visitors']++;
      asked.turnAway();
    },
    end: () => {
      atWork--;
      if (signedIn.length + visitors.length > 0) turnSoon();
    },
    state: () => ({ atWork, waiting: signedIn.length + visitors.length, turnedAway: { ...turnedAway } }),
  };
}
