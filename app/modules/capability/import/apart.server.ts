/** What of bringing in a scope is done in a worker of its own (http/worker.ts). */
import { answerQuestion } from './answer-question.server.ts';
import { answerRows } from './answer-rows.server.ts';
import { changeImport } from './change-import.server.ts';
import { confirmImport } from './confirm-import.server.ts';
import { correctRow, undoCorrection } from './correct-row.server.ts';
import { exportScope } from './export-scope.server.ts';
import { fillColumn, unfillColumn } from './fill-column.server.ts';
import { leaveRows } from './leave-rows.server.ts';
import { openImport } from './open-import.server.ts';
import { untakenRows } from './print-rejected.server.ts';
import { viewImport } from './view-import.server.ts';

export const APART = [
  answerQuestion,
  answerRows,
  changeImport,
  confirmImport,
  correctRow,
  exportScope,
  fillColumn,
  leaveRows,
  openImport,
  undoCorrection,
  unfillColumn,
  untakenRows,
  viewImport,
] as const;
