/** What a request brings along is read after it is known who sends it, and from where; never before. */
import type { IncomingMessage } from 'node:http';
import { isProblem, Problem } from '#app/core/problem.ts';
import { placeOf } from '#app/modules/identity/network.ts';
import { bodyRoom, type Leave } from './body-room.ts';
import { saidTrouble } from './database-trouble.server.ts';
import { comesFromOurs, isSigned } from './origin.ts';
import { isMultipart, readMultipart } from './read-multipart.server.ts';
import { bodyLimit, readBody, takesFiles } from './request.server.ts';
import type { Services } from './services.server.ts';
import { isSignedIn } from './signed-in.server.ts';

/** One of these at most is set, beside `leave`, which is called when the answer is given. A request without a body has none of them. */
export type Taken = { body?: Buffer; form?: FormData; refused?: Problem; signedOut?: boolean; leave?: Leave };

const MB = 1024 * 1024;
const AGAIN_SECONDS = 5;
/** Forms and signed calls: a form is some kilobytes, and a whole park may sit behind one address. */
const FORMS = { all: 32 * MB, each: 8 * MB, waiting: 1_000, patienceMs: 5_000 };
/** Files of people who are signed in: a file is held about three times while it is worked on. Three of one place at once, the next waits. */
const UPLOADS = { all: 66 * MB, each: 33 * MB, waiting: 60, patienceMs: 15_000 };

type Asked = { req: IncomingMessage; path: string; address: string; origins: readonly string[] };

export function bodyTaker(services: Services): (asked: Asked) => Promise<Taken> {
  const [forms, uploads] = [bodyRoom(FORMS), bodyRoom(UPLOADS)];

  return async ({ req, path, address, origins }) => {
    const signed = isSigned(path);
    if (!signed && !comesFromOurs(req.headers, origins)) return { refused: new Problem('bad_origin') };
    const multipart = isMultipart(req) && takesFiles(path);
    const limit = bodyLimit(path, signed, multipart);
    const announced = announcedBytes(req);
    if (announced !== undefined && announced > limit) return { refused: new Problem('too_large') };
    try {
      if (takesFiles(path) && !(await isSignedIn(services, req))) return { signedOut: true };
    } catch (error) {
      const trouble = saidTrouble(error);
      if (isProblem(trouble)) return { refused: trouble };
      throw error;
    }
    const leave = await (multipart ? uploads : forms)(placeOf(address), announced ?? limit);
    if (!leave) return { refused: new Problem('overloaded', { seconds: AGAIN_SECONDS }) };
    try {
      return { leave, ...(await (multipart ? readForm(req, limit) : readSmall(req, limit, signed))) };
    } catch (error) {
      leave();
      throw error;
    }
  };
}

/** The length the sender states; nothing for a body in chunks, which states none. */
function announcedBytes({ headers }: IncomingMessage): number | undefined {
  if (headers['transfer-encoding'] !== undefined) return undefined;
  return Number(headers['content-length'] ?? 0);
}

async function readForm(req: IncomingMessage, limit: number): Promise<Taken> {
  try {
    return { form: await readMultipart(req, limit) };
  } catch (error) {
    if (isProblem(error)) return { refused: error };
    throw error;
  }
}

async function readSmall(req: IncomingMessage, limit: number, signed: boolean): Promise<Taken> {
  const body = await readBody(req, limit);
  if (!body) return { refused: new Problem('too_large') };
  // PostgreSQL cannot store NUL, and no text a person types has one. Signed bodies are left alone: nobody typed them.
  if (!signed && (body.includes('%00') || body.includes(0))) return { refused: new Problem('bad_request') };
  return { body };
}
