import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { openapi } from '#lib/contracts/openapi.ts';

const routes = globSync('app/**/route.ts');

it('finds the routes', () => {
  expect(routes.length).toBeGreaterThan(5);
});

// A handler that is not made by the factory has neither guard nor scope.
it.each(routes)('%s is made by the guarded-route factory', (file) => {
  const handlers = [
    ...readFileSync(file, 'utf8').matchAll(/^export (.*?(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS).*)$/gm),
  ];
  expect(handlers.length).toBeGreaterThan(0);
  for (const [, handler] of handlers) {
    expect(handler).toMatch(/^const \w+ = ((readRoute|changeRoute|guarded)\(|answer;$)/);
  }
});

// Whoever reads a body by hand reads it without an end: json-body.ts and the spool have theirs.
it.each(routes)('%s leaves the reading of bodies to what has a limit', (file) => {
  expect(readFileSync(file, 'utf8')).not.toMatch(
    /\.(json|text|formData|arrayBuffer|blob|bytes)\(\)|\.body\b/,
  );
});

it('is described, route by route', () => {
  const { paths } = z.object({ paths: z.record(z.string(), z.unknown()) }).parse(openapi());
  const served = routes
    .filter((file) => file.startsWith('app/api/v1/'))
    .map((file) => file.slice('app/api/v1'.length, -'/route.ts'.length));
  expect(Object.keys(paths).sort()).toEqual(expect.arrayContaining(served.sort()));
});
