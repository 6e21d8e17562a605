import { guarded } from '#lib/http/route.ts';
import { answerEndViewAs, answerViewAs } from '#lib/http/view-as.ts';

/** From now on this session looks as somebody else, and changes nothing. */
export const POST = guarded(
  { right: 'view-as' },
  async (request, { person }) => await answerViewAs(request, person),
);

/** This session looks as itself again. */
export const DELETE = guarded(
  { right: 'own-session' },
  async (request, { person }) => await answerEndViewAs(request, person),
);
