// The arrow of ARCHITECTURE.md: main -> shell -> features -> parts -> foundation, and
// main -> sync -> foundation. Whatever is not drawn there is forbidden here.
const floor = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: to },
});

module.exports = {
  forbidden: [
    floor(
      'foundation-knows-nobody-above',
      '^src/foundation',
      '^src/(parts|features|shell|sync|main|sim|sw|rescue)',
    ),
    floor('generated-imports-nothing', '^src/generated', '^src/(?!generated)'),
    floor('parts-know-no-feature', '^src/parts', '^src/(features|shell|sync|main|sim|sw|rescue)'),
    floor('features-never-touch-sync', '^src/features', '^src/(shell|sync|main|sim|sw|rescue)'),
    floor('shell-never-touches-sync', '^src/shell', '^src/(sync|main|sim|sw|rescue)'),
    floor(
      'sync-stands-on-foundation-only',
      '^src/sync',
      '^src/(parts|features|shell|main|sim|sw|rescue)',
    ),
    floor('the-worker-imports-nothing-of-ours', '^src/sw[.]ts$', '^src/'),
    // Two pure files that know no table and no record.
    floor('rescue-knows-no-schema', '^src/rescue', '^src/(?!rescue|foundation/(sealed|ids)[.]ts)'),
    floor('what-is-not-shipped-stays-apart', '^src/(?!(sim|gallery)/)', '^src/(sim|gallery)/'),
    // Whatever else a feature has may be renamed without asking anybody.
    floor(
      'outsiders-read-the-manifest',
      '^src/(?!features/)',
      '^src/features/[^/]+/(?!manifest[.]ts$)',
    ),
    {
      name: 'features-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/([^/]+)/', pathNot: '^src/features/$1/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: { path: '^src' },
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    exclude: { path: '[.]test[.]ts$' },
  },
};
