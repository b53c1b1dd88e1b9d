import * as m from '#app/i18n/paraglide/messages.js';
import { assumedWords } from './busy-words.ts';

type Assumption = { reason: string; found: string; lines: number[]; count: number };

/** What was not clear in a calendar, by line, and how it was read. */
export function AssumedList({ assumed }: { assumed: readonly Assumption[] }) {
  if (assumed.length === 0) return null;
  return (
    <details open={assumed.length <= MOST_OPEN} className="text-start">
      <summary>{m.centre_busy_assumed({ count: assumed.reduce((sum, { count }) => sum + count, 0) })}</summary>
      <ul className="grid gap-1">
        {assumed.map(({ reason, found, lines, count }) => (
          <li key={`${reason} ${found}`} className="[overflow-wrap:anywhere]">
            <span className="tiny">
              {count > lines.length
                ? m.centre_busy_assumed_more({ lines: lines.join(', '), count })
                : m.centre_busy_assumed_lines({ lines: lines.join(', ') })}
            </span>{' '}
            {assumedWords(reason, found)}
          </li>
        ))}
      </ul>
    </details>
  );
}

const MOST_OPEN = 6;
