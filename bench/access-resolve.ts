import { measureResolve } from './measure-resolve.ts';
import { onStage } from './stage.ts';

/** `node bench/access-resolve.ts` prints what resolving a scope costs, as one JSON line. */
const figures = await onStage(({ urls }) => measureResolve(urls));
process.stdout.write(`${JSON.stringify({ case: 'resolve', ...figures })}\n`);
