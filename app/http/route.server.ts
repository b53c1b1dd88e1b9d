import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { redirectDocument } from '@remix-run/node';
import { headerPath } from '#app/core/address.ts';
import { isProblem } from '#app/core/problem.ts';
import { localePath } from '#app/i18n/locale.ts';
import { logTrouble, saidTrouble } from './database-trouble.server.ts';
import { checkForm } from './form.server.ts';
import { problemResponse } from './problems.ts';
import { logRefusal } from './security-events.ts';

type Args = LoaderFunctionArgs | ActionFunctionArgs;
type Work<T> = (args: Args & { services: Args['context']['services'] }) => Promise<T>;

/** Every loader and action goes through here: a Problem becomes the answer its code stands for. */
export function serve<T>(work: Work<T>): (args: Args) => Promise<T> {
  return async (args) => {
    checkForm(args.request, args.context.form);
    try {
      return await work({ ...args, services: args.context.services });
    } catch (thrown) {
      const error = saidTrouble(thrown);
      logTrouble(args.context.services.log, args.context.requestId, thrown, error);
      if (isProblem(error)) {
        logRefusal(args.context.services.log, args.context.requestId, error, new URL(args.request.url).pathname);
        throw problemResponse(error);
      }
      throw error;
    }
  };
}

/** Redirects to a path of the site, in the language of the request; a live page loads it as the new document it is. */
export const redirectTo = (path: string, headers?: HeadersInit) => redirectDocument(localePath(headerPath(path)), { status: 303, headers });
