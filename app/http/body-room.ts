/** Room for what requests in flight bring along, so that memory is bounded whoever sends however much. */

type Waiting = { place: string; bytes: number; enter: () => void };

export type RoomSize = {
  /** Bytes for all, and for one place (placeOf). */
  all: number;
  each: number;
  /** Requests that may wait for room, and for how long. */
  waiting: number;
  patienceMs: number;
};

/** Gives the room back. */
export type Leave = () => void;

/** Every body counts for at least this much: its connection and buffers cost as much. */
const LEAST_BYTES = 8 * 1024;

/**
 * Who finds no room waits, and nothing of the body is read until then: the sender's network holds it back. First come, first served, except
 * that nobody waits behind a place that has used up its own share.
 * @returns a function that resolves with what gives the room back, or with nothing when there was none in time
 */
export function bodyRoom({ all, each, waiting, patienceMs }: RoomSize): (place: string, bytes: number) => Promise<Leave | undefined> {
  let used = 0;
  const usedBy = new Map<string, number>();
  const queue: Waiting[] = [];

  const fits = ({ place, bytes }: Pick<Waiting, 'place' | 'bytes'>) => used + bytes <= all && (usedBy.get(place) ?? 0) + bytes <= each;
  const take = (place: string, bytes: number): Leave => {
    used += bytes;
    usedBy.set(place, (usedBy.get(place) ?? 0) + bytes);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      used -= bytes;
      const rest = (usedBy.get(place) ?? 0) - bytes;
      if (rest > 0) usedBy.set(place, rest);
      else usedBy.delete(place);
      letIn();
    };
  };
  const letIn = () => {
    for (let i = 0; i < queue.length; ) {
      const next = queue[i] as Waiting;
      if (!fits(next)) {
        i++;
        continue;
      }
      queue.splice(i, 1);
      next.enter();
    }
  };

  return async (place, announced) => {
    const bytes = Math.min(Math.max(announced, LEAST_BYTES), each, all);
    if (fits({ place, bytes })) return take(place, bytes);
    if (queue.length >= waiting) return undefined;
    return new Promise((resolve) => {
      const one: Waiting = {
        place,
        bytes,
        enter: () => {
          clearTimeout(timer);
          resolve(take(place, bytes));
        },
      };
      const timer = setTimeout(() => {
        queue.splice(queue.indexOf(one), 1);
        resolve(undefined);
      }, patienceMs);
      queue.push(one);
    });
  };
}
