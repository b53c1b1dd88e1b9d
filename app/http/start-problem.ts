/** What the start of a process needs before anything else of the product is read. */

/** Something the person who starts the server can set right: shown as one line, without a stack. Told by its name: the built server has a class of its own. */
export class StartProblem extends Error {
  override name = 'StartProblem';
}

const isStartProblem = (error: unknown): error is Error => error instanceof Error && error.name === 'StartProblem';

/** Runs the start of a process; a StartProblem becomes one line and exit code 1. */
export async function orOneLine(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    console.error(isStartProblem(error) ? `hengji: ${error.message}` : error);
    process.exit(1);
  }
}
