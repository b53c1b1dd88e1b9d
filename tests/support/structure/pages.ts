/** Pages for people who work on the house point at files; a file that moves takes its readers along. */
import { posix } from 'node:path';

export type Page = { path: string; text: string };

/** A path of the repository in a page: `app/core/…`, with an ending or as a folder. Names with `<`, `*` or `…` are patterns, not files. */
const PATH = /`((?:app|db|seeds|tests|public)\/[\w./-]+)`/g;
const LINK = /\]\(([^)\s#]+)(?:#[^)]*)?\)/g;

/** @returns what the pages name and there is not */
export function deadEnds(pages: readonly Page[], exists: (path: string) => boolean): string[] {
  return pages.flatMap(({ path, text }) => {
    const named = [...text.matchAll(PATH)].map(([, found = '']) => found.replace(/[./]+$/, ''));
    const linked = [...text.matchAll(LINK)]
      .map(([, found = '']) => found)
      .filter((found) => !/^[a-z]+:/.test(found))
      .map((found) => posix.join(posix.dirname(path), found));
    return [...new Set([...named, ...linked])]
      .filter((found) => !exists(found))
      .map((found) => `${path} names ${found}, which is not there`);
  });
}

/** What every page of app/decisions says. */
const PARTS = ['## Context', '## Choice', '## Price', '## When to revisit'];

/** @param pages of app/decisions, the list of them included (README.md) */
export function incompleteDecisions(pages: readonly Page[]): string[] {
  const list = pages.find(({ path }) => path.endsWith('/README.md'))?.text ?? '';
  return pages
    .filter(({ path }) => !path.endsWith('/README.md'))
    .flatMap(({ path, text }) => [
      ...PARTS.filter((part) => !text.includes(`\n${part}\n`)).map((part) => `${path} does not say its "${part.slice(3)}"`),
      ...(list.includes(`(${posix.basename(path)})`) ? [] : [`app/decisions/README.md does not list ${posix.basename(path)}`]),
    ]);
}
