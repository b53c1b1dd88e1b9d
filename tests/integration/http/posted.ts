/** A form sent to a route as a browser would, and what comes back of it. */
import type { Actor } from '#app/core/actor.ts';
import type { Typed } from '#app/core/form.ts';
import { runWithLocale } from '#app/i18n/locale.server.ts';
import { startSession } from '#app/modules/identity/sessions.server.ts';
import type { testDeps } from '#tests/support/database.ts';

export type Posted = {
  status: number;
  to?: string | null;
  code?: string;
  typed?: Typed;
  faults?: Record<string, string>;
  trouble?: { code: string; title: string } | null;
};
type Args = { request: Request; params: Record<string, string>; context: object };

const CALLER = { address: '203.0.113.7', userAgent: 'test' };

export const ofTest =
  (deps: Awaited<ReturnType<typeof testDeps>>) =>
  async (action: unknown, who: Actor, fields: Record<string, string>, params: Record<string, string> = {}): Promise<Posted> => {
    const cookie = await deps.db.write((tx) => startSession(tx, deps, who.personId, CALLER, who.organisationId));
    const headers = { cookie: cookie.split(';')[0] ?? '' };
    const request = new Request('http://localhost:3000/form', { method: 'POST', body: new URLSearchParams(fields), headers });
    const context = { services: { ...deps, wake() {} }, address: CALLER.address };
    const send = () => (action as (args: Args) => Promise<unknown>)({ request, params, context });
    const answer = await runWithLocale('zh-CN', send).catch((thrown: unknown) => thrown);
    if (answer instanceof Error) throw answer;
    if (answer instanceof Response) {
      const to = answer.headers.get('location');
      return { status: answer.status, to, ...(to === null ? await answer.json() : {}) };
    }
    const { data, init } = answer as { data: object; init: { status: number } };
    return { ...data, status: init.status };
  };
