/** Runs in a process of its own: a rule that never comes to an end, or fills the memory, takes nothing with it but this. */
import { readCalendar } from './read-calendar.ts';

process.once('message', ({ file, options }: { file: string; options: Parameters<typeof readCalendar>[1] }) => {
  process.send?.(readCalendar(file, options), () => process.disconnect());
});
