/** A violation of each rule that has no test of its own elsewhere is planted, and must be found. */
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { outsideTexts } from '../outside-texts.mjs';
import { rawRoles } from './raw-roles.ts';

type Side = { path?: string; pathNot?: string; circular?: boolean };
type Rule = { name: string; severity: string; from: Side; to: Side };
const { forbidden } = createRequire(import.meta.url)('../dependency-rules.cjs') as { forbidden: Rule[] };

const meets = ({ path, pathNot }: Side, file: string) =>
  (path === undefined || new RegExp(path).test(file)) && !(pathNot !== undefined && new RegExp(pathNot).test(file));
const refusedBy = (from: string, to: string) =>
  forbidden
    .filter((rule) => rule.severity === 'error' && !rule.to.circular && meets(rule.from, from) && meets(rule.to, to))
    .map(({ name }) => name);

describe('directions', () => {
  it.each([
    ['app/modules/identity/guards.server.ts', 'app/modules/orders/price.ts', 'identity-looks-down'],
    ['app/modules/centres/save-centre.server.ts', 'app/modules/payments/deps.ts', 'centres-looks-down'],
    ['app/modules/orders/price.ts', 'app/modules/jobs/job-machine.ts', 'orders-looks-down'],
    ['app/modules/orders/price.ts', 'app/routes/orders/words.ts', 'modules-know-no-pages'],
    ['app/modules/orders/price.ts', 'app/read-models/view-pools.server.ts', 'read-models-stand-above-the-modules'],
    ['app/core/mail.server.ts', 'app/modules/orders/letters.ts', 'core-knows-no-module'],
    ['app/http/run.server.ts', 'seeds/seed.ts', 'product-knows-no-development'],
    ['app/ui/page.tsx', 'app/modules/orders/price.ts', 'ui-knows-no-module'],
    ['app/routes/orders/order.tsx', 'db/open.server.ts', 'routes-never-touch-the-database'],
    ['db/open.server.ts', 'app/core/ids.server.ts', 'db-knows-nothing-above'],
    ['app/http/run.server.ts', 'node_modules/lucia/dist/index.js', 'lucia-stays-in-identity'],
    ['app/core/mail.server.ts', 'tests/support/market.ts', 'no-tests-in-the-product'],
  ])('%s may not look at %s', (from, to, rule) => {
    expect(refusedBy(from, to)).toContain(rule);
  });

  it('are not against what is allowed', () => {
    expect(refusedBy('app/modules/orders/price.ts', 'app/modules/scheduling/grid.ts')).toEqual([]);
    expect(refusedBy('app/modules/orders/price.ts', 'app/core/ids.server.ts')).toEqual([]);
    expect(refusedBy('app/routes/orders/order.tsx', 'app/read-models/view-pools.server.ts')).toEqual([]);
  });

  it('have a rule against circles', () => {
    expect(forbidden.filter(({ to, severity }) => to.circular && severity === 'error')).toHaveLength(1);
  });
});

describe('roles', () => {
  const seen = (text: string, path = 'app/modules/orders/cancel-order.server.ts') => rawRoles(new Map([[path, text]]));

  it.each([
    ["if (actor.role === 'manager') return;"],
    ["if ('manager' !== actor.role) return;"],
    ["const may = member?.role == 'owner';"],
    ["if (['manager', 'scheduler'].includes(actor.role)) return;"],
    ['if (MAY.has(role)) return;'],
    ['switch (viewer.membership.role) {}'],
  ])('compared raw are refused: %j', (text) => {
    expect(seen(text)).toHaveLength(1);
    expect(seen(text, 'app/routes/centre/orders/order.tsx')).toHaveLength(1);
    expect(seen(text, 'app/modules/identity/change-role.server.ts')).toEqual([]);
  });

  it.each([
    ["requireRight(actor, 'order.decide');"],
    ['const { role } = membership; return { role, person };'],
    ['<div role="status" aria-label="x" />'],
    ['/** Whoever has role === manager. */\nconst name = roleName(member.role);'],
  ])('may be shown and handed on: %j', (text) => {
    expect(seen(text)).toEqual([]);
  });
});

describe('texts', () => {
  const seen = (text: string, path = 'app/routes/orders/order.tsx') => outsideTexts(path, text);

  it.each([['<p>订单已取消</p>'], ["throw new Error('不可以');"], ['<p>\n  Your order is cancelled.\n</p>']])(
    'for people outside the messages are refused: %j',
    (text) => {
      expect(seen(text)).toHaveLength(1);
    },
  );

  it.each([['<p>{m.order_cancelled()}</p>'], ['/** 分 in yuan. */'], ['const unit = 1; // 分']])(
    'in comments and messages are not: %j',
    (text) => {
      expect(seen(text)).toEqual([]);
    },
  );

  it('are not meant where words are data', () => {
    expect(seen("const word = '千分尺';", 'app/modules/capability/words/lexicon.ts')).toEqual([]);
  });
});
