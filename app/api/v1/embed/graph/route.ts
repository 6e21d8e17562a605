import { embedRoute } from '#lib/http/embed-route.ts';
import { embedPicture } from '#lib/http/embeds.ts';

/** The picture of an embed, as its maker may show it to everybody at this minute. */
export const GET = embedRoute(embedPicture);
