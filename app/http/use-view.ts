import { useLoaderData } from '@remix-run/react';
import { unwrap, type WithInit } from './view.ts';

/** What a loader answers, as its page sees it. */
export type ViewOf<Loader extends (...args: never[]) => unknown> = DataOf<Exclude<Awaited<ReturnType<Loader>>, Response>>;
type DataOf<Answer> = Answer extends WithInit<infer Data> ? Data : Answer;

/** The loader's answer: `useView<typeof loader>()`. In place of Remix's `useLoaderData`, for pages that never reach the browser as data. */
export const useView = <Loader extends (...args: never[]) => unknown>(): ViewOf<Loader> => unwrap(useLoaderData()) as ViewOf<Loader>;
