import { denialsSchema } from './denials.ts';
import { get, type Operations } from './openapi-operations.ts';
import { homeSchema, teamsSchema } from './teams.ts';

/** Teams: their homes, and what stands on them. */
export const teamPaths: Readonly<Record<string, Operations>> = {
  '/teams': get('The teams and namespaces that whoever asks may know of', teamsSchema, []),
  '/home': get('What the page of a team or a namespace stands on', homeSchema, [
    { name: 'team', text: 'a team by name' },
    { name: 'cluster', text: 'of a namespace; instead of a team' },
    { name: 'namespace', text: 'its name' },
  ]),
  '/denials': get('What was denied, by which policy, and whom to ask', denialsSchema, [
    { name: 'from', isRequired: true, text: 'start: ISO 8601 with a zone, a date, now, or -6h' },
    { name: 'to', isRequired: true, text: 'end, not included' },
    { name: 'cluster', text: 'only traffic with an end in it; may repeat' },
    { name: 'namespace', text: 'only traffic with an end in it; may repeat' },
  ]),
};
