/** Asks another server for a calendar. The address was typed by somebody: only the open internet is asked, unless the operator allows more. */
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { type CalendarFault, MOST_CALENDAR_BYTES } from './busy-times.ts';
import { calendarText } from './calendar-text.ts';

const LONGEST_MS = 10_000;
const MOST_REDIRECTS = 3;
export const MOST_ADDRESS = 1000;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * @param trustedHosts `host:port` the operator vouches for: read over plain http and in private networks too
 * @returns the address in the form it is asked at: https (webcal is https), without a password
 */
export function calendarAddress(text: string, trustedHosts: readonly string[]): URL | undefined {
  const plain = text.trim().replace(/^webcals?:/i, 'https:');
  if (plain.length > MOST_ADDRESS || !URL.canParse(plain)) return undefined;
  const url = new URL(plain);
  const trusted = isTrusted(url, trustedHosts);
  if (url.username || url.password || !(url.protocol === 'https:' || (trusted && url.protocol === 'http:'))) return undefined;
  // Nobody publishes calendars on other ports: what listens there is another service.
  if (url.port !== '' && !trusted) return undefined;
  url.hash = '';
  return url;
}

const isTrusted = (url: URL, trustedHosts: readonly string[]) =>
  trustedHosts.includes(`${url.hostname}:${url.port || (url.protocol === 'http:' ? 80 : 443)}`);

/** The text behind an address. A few redirects are followed, each only to an address that is allowed. */
export async function fetchCalendar(
  address: string,
  trustedHosts: readonly string[],
  longestMs = LONGEST_MS,
): Promise<{ file: string } | { fault: CalendarFault }> {
  const signal = AbortSignal.timeout(longestMs);
  const agent = new RequestFilteringHttpsAgent({ denyIPAddressList: ['::/96'] }); // IPv4 addresses written as IPv6 of old
  try {
    let asked = address;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const url = calendarAddress(asked, trustedHosts);
      if (!url) return { fault: redirects === 0 ? 'address' : 'private_address' };
      const response = await ask(url, isTrusted(url, trustedHosts) ? undefined : agent, signal);
      const { statusCode = 0, headers } = response;
      if (REDIRECTS.has(statusCode) && headers.location) {
        response.destroy();
        if (!URL.canParse(headers.location, url)) return { fault: 'answer' };
        asked = new URL(headers.location, url).href;
        continue;
      }
      if (statusCode !== 200) {
        response.destroy();
        return { fault: 'answer' };
      }
      return await textOf(response);
    }
    return { fault: 'too_many_redirects' };
  } catch (error) {
    if (signal.aborted) return { fault: 'took_too_long' };
    return { fault: /is not allowed/.test((error as Error).message) ? 'private_address' : 'unreachable' };
  } finally {
    agent.destroy();
  }
}

const HEADERS = { Accept: 'text/calendar, */*;q=0.1', 'Accept-Encoding': 'identity', 'User-Agent': 'Hengji calendar reader' };

const ask = (url: URL, agent: https.Agent | undefined, signal: AbortSignal) =>
  new Promise<IncomingMessage>((done, fail) => {
    const request =
      url.protocol === 'http:' ? http.get(url, { headers: HEADERS, signal }) : https.get(url, { headers: HEADERS, signal, agent });
    request.once('response', done).once('error', fail);
  });

async function textOf(response: IncomingMessage): Promise<{ file: string } | { fault: CalendarFault }> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of response) {
    bytes += (piece as Buffer).length;
    if (bytes > MOST_CALENDAR_BYTES) {
      response.destroy();
      return { fault: 'too_large' };
    }
    pieces.push(piece as Buffer);
  }
  return { file: calendarText(Buffer.concat(pieces)) };
}
