import { secretIn } from '#app/core/cookies.ts';
import type { Settings } from '#app/core/settings.ts';

/** Pages without a session that only one person may see all the same: links sent by mail, letters, steps of signing in. */
const WITHOUT_SESSION = /^(\/en)?\/(sign-in|sign-up|check-mail|forgot|verify|reset|invitation|mailbox|second-factor)(\/|\.data$|$)/i;

/** Whether an answer is for whoever asked alone: somebody is signed in (their name is on every page), or the address itself is a secret. */
export const isPrivate = (settings: Settings, request: Request): boolean =>
  secretIn(settings, request, 'session') !== undefined || WITHOUT_SESSION.test(new URL(request.url).pathname) || request.method !== 'GET';
