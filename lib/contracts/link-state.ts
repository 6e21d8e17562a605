import { z } from 'zod';
import { buildPoliciesQuery, parsePoliciesState } from './policies-url.ts';
import { buildScreenQuery, parseScreenState } from './url-state.ts';

/**
 * What a share link leads to, as it is stored. A version that was ever written is read for ever: where the
 * address changes in a way that an old query would mean something else, a new version is added here, with the
 * step from the one before, and a stored link of the old one stays in the test.
 */

export const linkPages = ['graph', 'flows', 'policies'] as const;

export type LinkPage = (typeof linkPages)[number];

/** The longest address that every browser and proxy takes, with room for the host. */
export const mostQueryLength = 6_000;

const version1 = z.object({
  v: z.literal(1),
  page: z.enum(linkPages),
  /** `''` or `?…`, as the page of that name reads it. */
  query: z.string().max(mostQueryLength),
});

/** The newest version. */
export type LinkState = z.infer<typeof version1>;

/** A state of any version, as the newest; null for what none of them is. */
export function readLinkState(stored: unknown): LinkState | null {
  return version1.safeParse(stored).data ?? null;
}

/** What is stored of an address: what the page knows of it, and nothing else that stood in it. */
export function linkStateOf(page: LinkPage, query: string): LinkState {
  const asked = new URLSearchParams(query);
  const known =
    page === 'policies'
      ? buildPoliciesQuery({ ...parsePoliciesState(asked), via: null })
      : buildScreenQuery({ ...parseScreenState(asked), via: null, view: null });
  return { v: 1, page, query: known };
}

const paths: Readonly<Record<LinkPage, string>> = { graph: '/', flows: '/flows', policies: '/policies' };

/** The address of a state. */
export function linkAddress({ page, query }: Pick<LinkState, 'page' | 'query'>): string {
  return `${paths[page]}${query}`;
}

/** Where a link leads: the same, and by which link one came. */
export function linkTarget(state: Pick<LinkState, 'page' | 'query'>, via: string): string {
  return `${linkAddress(state)}${state.query === '' ? '?' : '&'}via=${via}`;
}
