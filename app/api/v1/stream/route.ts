import { answerStream } from '#lib/http/answer-stream.ts';
import { serverLive } from '#lib/http/live-graphs.ts';
import { guarded } from '#lib/http/route.ts';

export const GET = guarded({ right: 'read' }, (request, admitted) =>
  answerStream(request, admitted, serverLive()),
);
