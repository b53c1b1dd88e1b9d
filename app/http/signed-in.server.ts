import type { IncomingMessage } from 'node:http';
import { getViewer } from '#app/modules/identity/guards.server.ts';
import type { Services } from './services.server.ts';

/** Whether somebody is signed in, asked before a request is one that routes can read. */
export const isSignedIn = async (services: Services, { headers }: IncomingMessage): Promise<boolean> =>
  headers.cookie !== undefined &&
  (await getViewer(services, new Request('http://site.invalid', { headers: { cookie: headers.cookie } }))) !== null;
