import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { redirectDocument } from '@remix-run/node';
import { headerPath } from '#app/core/address.ts';
import { isProblem } from '#app/core/problem.ts';
import { localePath } from '#app/i18n/locale.ts';
import { saidBusy } from './busy.server.ts';
import { checkForm } from './form.server.ts';
import { problemResponse } from './problems.ts';

type Args = LoaderFunctionArgs | ActionFunctionArgs;
type Work<T> = (args: Args & { services: Args['context']['services'] }) => Promise<T>;

/** Every loader and action goes through here: a Problem becomes the answer its code stands for. */
export function serve<T>(work: Work<T>): (args: Args) => Promise<T> {
  return async (args) => {
    checkForm(args.request);
    try {
      return await work({ ...args, services: args.context.services });
    } catch (thrown) {
      const error = saidBusy(thrown);
      if (error !== thrown)
        args.context.services.log.warn({ request: args.context.requestId, error: String(thrown) }, 'the database was busy');
      if (isProblem(error)) throw problemResponse(error);
      throw error;
    }
  };
}

/** Redirects to a path of the site, in the language of the request; a live page loads it as the new document it is. */
export const redirectTo = (path: string, headers?: HeadersInit) => redirectDocument(localePath(headerPath(path)), { status: 303, headers });
