import { linkSchema, linksSchema, newLinkSchema, openedLinkSchema } from './links.ts';
import { get, type Operations, post, remove } from './openapi-operations.ts';

/** Links to a view. */
export const sharingPaths: Readonly<Record<string, Operations>> = {
  '/links': {
    ...get('One’s own share links, newest first', linksSchema, []),
    ...post('Makes a share link; its address is /s/<id>', linkSchema, [], { body: newLinkSchema }),
    ...remove('Revokes a share link', linkSchema, [
      { name: 'key', isRequired: true, text: 'the key of the link' },
    ]),
  },
  '/link': get('Where a share link leads, as far as its reader may know', openedLinkSchema, [
    { name: 'id', isRequired: true, text: 'what stands behind /s/ in its address' },
  ]),
};
