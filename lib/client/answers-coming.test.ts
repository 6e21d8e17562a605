import { afterEach, expect, it, vi } from 'vitest';
import { awaitAnswers, takeComing } from './answers-coming.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

function answering(answer: () => Promise<Response>) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (address: string) => {
    asked.push(address);
    return answer();
  });
  return asked;
}

it('gives each answer out once, and asks for it once', async () => {
  const asked = answering(async () => Response.json({ n: 1 }));
  awaitAnswers(['/a', '/b'], 0);
  expect(await takeComing('/a', 1_000)).toEqual({ status: 200, ok: true, body: { n: 1 } });
  expect(await takeComing('/a', 1_000)).toBeNull();
  expect(await takeComing('/c', 1_000)).toBeNull();
  expect(asked).toEqual(['/a', '/b']);
});

it('tells a refusal as what it is', async () => {
  answering(async () => Response.json({ code: 'not-signed-in' }, { status: 401 }));
  awaitAnswers(['/a'], 0);
  expect(await takeComing('/a', 1_000)).toEqual({ status: 401, ok: false, body: { code: 'not-signed-in' } });
});

it('gives out nothing where the server could not be reached, so that it is asked again', async () => {
  answering(async () => {
    throw new TypeError('no way there');
  });
  awaitAnswers(['/a'], 0);
  expect(await takeComing('/a', 1_000)).toBeNull();
});

it('gives out nothing that came a while ago', async () => {
  const asked = answering(async () => Response.json({ n: 1 }));
  awaitAnswers(['/a'], 0);
  expect(await takeComing('/a', 61_000)).toBeNull();
  expect(asked).toEqual(['/a']);
});
