import { expect, it } from 'vitest';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import { noCompleteness } from '#lib/graph/frozen/public-graph.ts';
import { createEmbedPictures } from './embed-pictures.ts';

const span = { from: '2026-03-14T00:00:00.000Z', to: '2026-03-14T01:00:00.000Z' };
const picture: GraphDocument = {
  window: { requested: span, answered: span, pieces: [] },
  level: 'namespace',
  completeness: noCompleteness,
  nodes: [],
  edges: [],
  truncated: null,
};

it('makes a picture once for all who ask at the same time or later', async () => {
  const pictures = createEmbedPictures();
  let made = 0;
  const make = async () => {
    made += 1;
    return picture;
  };
  await Promise.all([pictures('a', make), pictures('a', make)]);
  await pictures('a', make);
  await pictures('b', make);
  expect(made).toBe(2);
});

it('tries again what failed', async () => {
  const pictures = createEmbedPictures();
  await expect(pictures('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  await expect(pictures('a', async () => picture)).resolves.toBe(picture);
});

it('holds the newest alone', async () => {
  const pictures = createEmbedPictures();
  const made: string[] = [];
  const ask = (key: string) =>
    pictures(key, async () => {
      made.push(key);
      return picture;
    });
  const keys = Array.from({ length: 40 }, (_, index) => String(index));
  for (const key of [...keys, '39', '0']) await ask(key);
  expect(made).toEqual([...keys, '0']);
});
