/** What a centre can ask its list of services for. */
export const SERVICE_STATES = ['published', 'paused', 'draft'] as const;

/** At once: the whole list of nearly any centre, and not a table locked for long. */
export const MOST_AT_ONCE = 1_000;

export type ServicesQuestion = {
  /** Each of them stands in the name, in either language, or the specification. */
  words?: string;
  /** Left out: any. */
  state?: (typeof SERVICE_STATES)[number] | undefined;
  page?: number;
};
