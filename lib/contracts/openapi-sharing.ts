import {
  embedPictureSchema,
  embedQuestionSchema,
  embedSchema,
  embedSessionSchema,
  embedsSchema,
  newEmbedSchema,
} from './embeds.ts';
import { graphSchema } from './graph.ts';
import { linkSchema, linksSchema, newLinkSchema, openedLinkSchema } from './links.ts';
import { get, type Operations, type Parameter, post, remove } from './openapi-operations.ts';
import { sharingChangeSchema, sharingSchema } from './sharing.ts';
import {
  newSnapshotSchema,
  openedSnapshotSchema,
  publicQuestionSchema,
  publicSnapshotSchema,
  snapshotSchema,
  snapshotsSchema,
} from './snapshots.ts';

const snapshotId: Parameter = { name: 'id', isRequired: true, text: 'what stands in its address' };

/** Links to a view, and frozen ones. */
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
  '/snapshots': {
    ...get('One’s own snapshots, newest first', snapshotsSchema, []),
    ...post(
      'Freezes a window; its address is /snapshots/<id>, or /p/<id> where it is public',
      snapshotSchema,
      [],
      {
        body: newSnapshotSchema,
      },
    ),
    ...remove('Revokes a snapshot, and deletes what is in it', snapshotSchema, [
      { name: 'key', isRequired: true, text: 'the key of the snapshot' },
    ]),
  },
  '/snapshot': get('What was frozen, as far as its reader may know', openedSnapshotSchema, [snapshotId]),
  '/snapshot/graph': get('The graph of a snapshot', graphSchema, [
    snapshotId,
    { name: 'level', text: 'cluster, namespace (default), workload or port' },
    { name: 'expand', text: 'a node to open; may repeat' },
    { name: 'layer', text: 'what to draw as one node: platform' },
    {
      name: 'filter',
      text: 'only what matches (docs/filters.md); labels and policies are not in a snapshot',
    },
    { name: 'hide', text: 'without what matches' },
    { name: 'size', text: 'whole (default), or readable: without what would make the picture too large' },
  ]),
  '/public-snapshot': post('A public snapshot, for whoever has its address', publicSnapshotSchema, [], {
    body: publicQuestionSchema,
  }),
  '/embeds': {
    ...get('The embeds of one’s own share links, newest first', embedsSchema, []),
    ...post('Lets listed sites show a share link; its address is /embed/<id>', embedSchema, [], {
      body: newEmbedSchema,
    }),
    ...remove('Revokes an embed', embedSchema, [
      { name: 'key', isRequired: true, text: 'the key of the embed' },
    ]),
  },
  '/embed/session': post(
    'A session of ten minutes for a frame, for whoever has its id',
    embedSessionSchema,
    [],
    {
      body: embedQuestionSchema,
    },
  ),
  '/embed/graph': get(
    'The picture of the embed that the session (Authorization: Bearer flowloom_embed_…) is of',
    embedPictureSchema,
    [],
  ),
  '/sharing': {
    ...get('What an admin lets out', sharingSchema, []),
    ...post('Changes what is let out; what is not named stays', sharingSchema, [], {
      body: sharingChangeSchema,
    }),
  },
};
