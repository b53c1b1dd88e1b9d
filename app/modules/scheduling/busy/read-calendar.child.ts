/** Runs in a process of its own: a rule that never ends, or fills the memory, ends this process alone. */
import { readCalendar } from './read-calendar.ts';

process.once('message', ({ file, options }: { file: string; options: Parameters<typeof readCalendar>[1] }) => {
  process.send?.(readCalendar(file, options), () => process.disconnect());
});
