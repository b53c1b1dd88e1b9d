import { describe, expect, it } from 'vitest';
import { moduleLinks, modulesPage, withoutImplied } from './modules.ts';
import { commentsIn, headOf, tablesPage } from './tables.ts';

const sources = (files: Record<string, string>) => new Map(Object.entries(files));

describe('the picture of the modules', () => {
  it('reads imports by name, by path and when they are needed, and leaves out types and tests', () => {
    const links = moduleLinks(
      sources({
        'app/modules/orders/place-order.server.ts':
          "import { a } from '#app/modules/catalogue/a.ts';\nexport { b } from '../scheduling/b.ts';",
        'app/modules/orders/offers/keep.server.ts':
          "const { c } = await import('../../centres/c.ts');\nimport '#app/modules/identity/d.ts';",
        'app/modules/orders/e.ts': "import type {\n  E,\n} from '#app/modules/parks/e.ts';\nimport { own } from './own.ts';",
        'app/modules/orders/e.test.ts': "import { f } from '#app/modules/notices/f.ts';",
      }),
    );
    expect(links).toEqual(new Map([['orders', new Set(['catalogue', 'scheduling', 'centres', 'identity'])]]));
  });

  it('draws what does not follow from the rest', () => {
    const all = new Map([
      ['a', new Set(['b', 'c'])],
      ['b', new Set(['c'])],
      ['c', new Set<string>()],
    ]);
    expect(withoutImplied(all).get('a')).toEqual(new Set(['b']));
    const page = modulesPage(['c', 'b', 'a'], (name) => `What ${name} is.`, all, all);
    expect(page).toContain('| 3 | **a** | ● | ● | ■ |');
    expect(page).toContain('| `b` | What b is. |');
  });
});

describe('the picture of the tables', () => {
  it('takes what a table says of itself from its own comment', () => {
    const source =
      "/** Of files. */\nimport x from 'y';\n\n/** Not this one. */\nconst z = 1;\n\n/**\n * What is known\n * of a file.\n */\nexport const storedFile = table(\n  'stored_file',\n{});\nexport const bare = table('bare', {});\n";
    expect(headOf(source)).toBe('Of files.');
    expect(commentsIn(source)).toEqual(
      new Map([
        ['stored_file', 'What is known of a file.'],
        ['bare', ''],
      ]),
    );
  });

  it('says keys, what may be empty, and where a table refers to', () => {
    const column = { type: 'string', key: false, required: true, refersTo: undefined };
    const page = tablesPage([
      {
        file: 'orders.ts',
        says: 'Orders.',
        tables: [
          {
            name: 'orders',
            says: 'One each.',
            columns: [
              { ...column, name: 'id', key: true },
              { ...column, name: 'note', required: false },
              { ...column, name: 'centreId', refersTo: 'centre', required: false },
            ],
          },
        ],
      },
    ]);
    for (const line of [
      '    string id PK',
      '    string note "?"',
      '    string centreId FK "?"',
      '  centre |o--o{ orders : centreId',
      '- `orders`: One each.',
    ])
      expect(page).toContain(`\n${line}\n`);
  });
});
