import { PrismaPg } from '@prisma/adapter-pg';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { PrismaClient } from './generated/client.ts';

/** Prisma's client over the tables of schema.prisma, as the reader role. Close it with `$disconnect()`. */
export function openPrisma(urls: Pick<DatabaseUrls, 'reader'>): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: urls.reader, max: 4 }) });
}
