/** The address of the hours under a figure: of a kind of hour or a pool, in the period that is looked at. */
export interface HoursPlace {
  of: string;
  span: number;
  back: number;
  view?: 'days' | 'orders';
  /** `2026-11-02`. */
  day?: string;
  page?: number;
}

export function hoursAddress({ of, span, back, view = 'days', day, page = 1 }: HoursPlace, path = '/park/hours'): string {
  const more = `${view === 'orders' ? '&view=orders' : ''}${day ? `&day=${day}` : ''}${page > 1 ? `&page=${page}` : ''}`;
  return `${path}?of=${encodeURIComponent(of)}&span=${span}&back=${back}${more}`;
}
