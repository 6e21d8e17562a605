import { z } from 'zod';
import { openapi } from '#lib/contracts/openapi.ts';

const prefix = '/api/v1';
const { paths } = z.object({ paths: z.record(z.string(), z.unknown()) }).parse(openapi());
const patterns = Object.keys(paths).map(
  (path) => [path, new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`)] as const,
);

/** The path of a route as its description has it, without any name that an address holds; `other` for none. */
export function routeName(pathname: string): string {
  const own = pathname.startsWith(prefix) ? pathname.slice(prefix.length) : pathname;
  return patterns.find(([path, pattern]) => path === own || pattern.test(own))?.[0] ?? 'other';
}
