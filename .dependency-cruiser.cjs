/**
 * The directions of the house: apps -> libs/<domain> -> libs/platform. What a domain module may use is listed here;
 * everything that is not listed is refused.
 */
const DOMAINS = {
  events: [],
  accounts: ['events'],
  scopes: ['accounts', 'events'],
  projects: ['accounts', 'events'],
  channels: ['accounts', 'events', 'projects'],
  auth: ['accounts', 'channels', 'events', 'projects', 'scopes'],
  attachments: ['projects'],
  categories: ['accounts', 'events', 'projects'],
  issues: ['accounts', 'categories', 'events', 'projects'],
  feedback: ['accounts', 'attachments', 'channels', 'events', 'issues', 'projects', 'scopes'],
  'content-sets': ['accounts', 'channels', 'events', 'projects'],
  feelbacks: ['accounts', 'channels', 'content-sets', 'events', 'feedback', 'projects'],
  statistics: ['accounts', 'channels', 'projects'],
  import: ['accounts', 'channels', 'events', 'feedback', 'projects'],
};

const domainRules = Object.entries(DOMAINS).map(([name, allowed]) => ({
  name: `${name}-uses-only-what-it-may`,
  severity: 'error',
  from: { path: `^libs/${name}/` },
  to: {
    path: '^(libs|apps)/',
    pathNot: `^libs/(${[name, 'platform', ...allowed].join('|')})/`,
  },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'every-domain-module-is-listed-here',
      severity: 'error',
      from: { path: `^libs/(?!(platform|${Object.keys(DOMAINS).join('|')})/|entities\\.ts$)` },
      to: {},
    },
    ...domainRules,
    {
      name: 'platform-knows-no-domain',
      severity: 'error',
      from: { path: '^libs/platform/' },
      to: { path: '^(apps|libs/(?!platform/))' },
    },
    {
      name: 'libs-know-no-http',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: 'node_modules/(express|@nestjs/platform-express|@nestjs/swagger|multer|passport)' },
    },
    {
      name: 'only-stores-entities-and-the-platform-know-typeorm',
      severity: 'error',
      from: { path: '^libs/(?!platform/)', pathNot: '\\.(store|entity|spec)\\.ts$' },
      to: { path: 'node_modules/typeorm', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'dialects-know-no-typeorm-and-no-store',
      severity: 'error',
      from: { path: '^apps/api/src/(dialects|admin)/' },
      to: { path: 'node_modules/(typeorm|pg)/|\\.store\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'dialects-know-nothing-of-each-other',
      severity: 'error',
      from: { path: '^apps/api/src/dialects/([^/]+)/' },
      to: { path: '^apps/api/src/dialects/[^/]+/', pathNot: '^apps/api/src/dialects/$1/' },
    },
    {
      name: 'http-knows-no-dialect',
      severity: 'error',
      from: { path: '^apps/api/src/http/' },
      to: { path: '^apps/api/src/(dialects|admin|provisioning|start)/' },
    },
    {
      name: 'the-worker-serves-no-http',
      severity: 'error',
      from: { path: '^apps/worker/' },
      to: { path: '^apps/api/|node_modules/(express|@nestjs/platform-express)/' },
    },
    {
      name: 'no-dev-dependencies-in-production',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^(apps|libs)/', pathNot: '(main|openapi|provision|\\.d)\\.ts$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    webpackConfig: { fileName: '.dependency-cruiser.resolve.cjs' },
  },
};
