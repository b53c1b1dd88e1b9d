/**
 * What a runner is at, in a file that outlives it: when it dies without a report, that is what it was doing.
 * Both runners' ways of telling are here; each calls those it knows.
 */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { TestCase as BrowserTest } from '@playwright/test/reporter';
import type { TestCase, TestModule } from 'vitest/node';

export default class Doing {
  private readonly running = new Set<string>();

  private note(what: string, goesOn: boolean): void {
    if (goesOn) this.running.add(what);
    else this.running.delete(what);
    if (process.env.HENGJI_DOING) writeFileSync(process.env.HENGJI_DOING, [...this.running].join('\n'));
  }

  onTestModuleStart(module: TestModule): void {
    this.note(`${module.project.name} ${module.relativeModuleId}`, true);
  }
  onTestModuleEnd(module: TestModule): void {
    this.note(`${module.project.name} ${module.relativeModuleId}`, false);
  }
  onTestCaseReady(test: TestCase): void {
    this.note(`${test.project.name} ${test.module.relativeModuleId} › ${test.fullName}`, true);
  }
  onTestCaseResult(test: TestCase): void {
    this.note(`${test.project.name} ${test.module.relativeModuleId} › ${test.fullName}`, false);
  }

  onTestBegin(test: BrowserTest): void {
    this.note(nameOf(test), true);
  }
  onTestEnd(test: BrowserTest): void {
    this.note(nameOf(test), false);
  }
  /** Told by Playwright: another reporter prints. */
  printsToStdio(): boolean {
    return false;
  }
}

const nameOf = (test: BrowserTest) => `${relative(process.cwd(), test.location.file)}:${test.location.line} ${test.title}`;
