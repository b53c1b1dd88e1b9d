/** What an evaluation scores, as lines: `准确度 | Accuracy: 40`, together 100 %. */
import type { Criterion } from '#db/schema/catalogue.ts';

const MOST_CRITERIA = 12;
const MOST_NAME = 60;
/** Both names and the share. */
const MOST_LINE = 200;
const LINE = /^([^|｜]*?)(?:[|｜]([^|｜]*?))?\s*[:：]\s*(\d{1,3})\s*[%％]?$/u;

/** The criteria, or null when a line is none or they do not sum to 100 %. Nothing typed: no criteria. */
export function parseScorecard(text: string): Criterion[] | null {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  if (lines.length > MOST_CRITERIA || lines.some((line) => line.length > MOST_LINE)) return null;
  const read = lines.map((line) => LINE.exec(line.replace(/\s+/g, ' ').trim()));
  const criteria = read.map((found) => ({
    nameZh: found?.[1]?.trim() ?? '',
    nameEn: found?.[2]?.trim() ?? '',
    percent: Number(found?.[3] ?? 0),
  }));
  const sound = criteria.every(
    ({ nameZh, nameEn, percent }) => nameZh !== '' && nameZh.length <= MOST_NAME && nameEn.length <= MOST_NAME && percent >= 1,
  );
  const sum = criteria.reduce((total, { percent }) => total + percent, 0);
  return sound && (criteria.length === 0 || sum === 100) ? criteria : null;
}

/** The inverse of `parseScorecard`. */
export const printScorecard = (criteria: readonly Criterion[]): string =>
  criteria.map(({ nameZh, nameEn, percent }) => `${nameZh}${nameEn && ` | ${nameEn}`}: ${percent}`).join('\n');
