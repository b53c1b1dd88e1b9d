const ORDER = require('./module-order.cjs');

const downwards = ORDER.slice(0, -1).map((name, i) => ({
  name: `${name}-looks-down`,
  severity: 'error',
  from: { path: `^app/modules/${name}/` },
  to: { path: `^app/modules/(${ORDER.slice(i + 1).join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...downwards,
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'modules-know-no-pages',
      severity: 'error',
      from: { path: '^app/(modules|core|read-models)/' },
      to: { path: '^app/(routes|ui|http)/' },
    },
    {
      name: 'read-models-stand-above-the-modules',
      comment: 'They join tables of several modules for a page; a rule or a use case that needs such facts asks the module that owns them.',
      severity: 'error',
      from: { path: '^app/(modules|core|ui)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^app/read-models/' },
    },
    { name: 'core-knows-no-module', severity: 'error', from: { path: '^app/core/' }, to: { path: '^app/modules/' } },
    {
      name: 'product-knows-no-development',
      comment: 'Seeds, the stripe emulator and the demonstration are not in production, so nothing of it may ask for them.',
      severity: 'error',
      from: { path: '^(app/(?!development/)|db/)', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^(app/development|seeds)/' },
    },
    { name: 'ui-knows-no-module', severity: 'error', from: { path: '^app/ui/' }, to: { path: '^(app/modules|db)/' } },
    {
      name: 'routes-never-touch-the-database',
      severity: 'error',
      from: { path: '^app/routes/' },
      to: { path: '^(db/|node_modules/(drizzle-orm|better-sqlite3|pg)/)', dependencyTypesNot: ['type-only'] },
    },
    { name: 'db-knows-nothing-above', severity: 'error', from: { path: '^db/' }, to: { path: '^(app|seeds|tests)/' } },
    {
      name: 'lucia-stays-in-identity',
      severity: 'error',
      from: { pathNot: '^app/modules/identity/' },
      to: { path: 'node_modules/lucia/' },
    },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      from: { path: '^(app|db|seeds)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^tests/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'app/i18n/paraglide|^build/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
