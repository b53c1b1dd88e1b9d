// Text for people that stands in code instead of the messages.

/** A simulated third party's page, the words visitors type, units and their names, holidays, what a terminal is told: not the interface's text. */
const NOT_INTERFACE = /app\/development\/|modules\/capability\/|scheduling\/(public-holidays|hours-text)|http\/commands\/|\.test\.tsx?$/;
const withoutComments = (text) => text.replace(/\/\*[\s\S]*?\*\//g, (c) => c.replace(/[^\n]/g, ' ')).replace(/(^|[^:])\/\/.*$/gm, '$1');

/** What is read, not shown: the pattern between slashes, behind a sign that no number stands before. */
const PATTERN = /(?<=[(=,:?]\s*)\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[])+\/[a-z]*/g;

/**
 * Regular expressions and keys of data may name Han characters; text between quotes or tags that is shown may not.
 * @param {string} path from the project's folder
 * @param {string} text
 * @returns {string[]} what is wrong, line by line
 */
export function outsideTexts(path, text) {
  if (NOT_INTERFACE.test(path)) return [];
  return withoutComments(text)
    .split('\n')
    .flatMap((line, i) => {
      const at = `${path}:${i + 1}`;
      if (/\p{Script=Han}/u.test(line.replace(PATTERN, '')))
        return [`${at}: Chinese text outside the messages: ${line.trim().slice(0, 80)}`];
      const isEnglish = path.endsWith('.tsx') && /^\s*[A-Z][a-z]+( [a-z]+){1,}[.!?]?\s*$/.test(line);
      return isEnglish ? [`${at}: English text outside the messages: ${line.trim().slice(0, 80)}`] : [];
    });
}
