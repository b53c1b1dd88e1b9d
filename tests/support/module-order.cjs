/** Which way modules may look, read from the one list of them: to core and to those before them in MODULES of app/http/modules.ts. */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const list = readFileSync(join(__dirname, '../../app/http/modules.ts'), 'utf8');
const [, names] = /^const MODULES = \[([^\]]*)\] as const;$/m.exec(list) ?? [];
if (!names) throw new Error('app/http/modules.ts lists its MODULES in another way now.');

module.exports = names.match(/\w+/g);
