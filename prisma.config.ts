import { defineConfig } from 'prisma/config';
import { externalTables } from './lib/db/external-tables.ts';

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  experimental: { externalTables: true },
  tables: { external: externalTables },
});
