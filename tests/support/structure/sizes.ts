import type { Sources } from './sources.ts';

/** A route reads top-down in one look; anything else is understood in one sitting. */
const MOST_LINES = { route: 250, file: 300 };

export const linesOf = (text: string) => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

export const mostLines = (path: string) =>
  /^app\/routes\/.*\.tsx?$/.test(path) && !path.includes('.test.') ? MOST_LINES.route : MOST_LINES.file;

/** @returns paths of files that are too long */
export const tooLong = (sources: Sources): string[] =>
  [...sources].filter(([path, text]) => linesOf(text) > mostLines(path)).map(([path]) => path);
