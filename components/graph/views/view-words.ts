import type { SavedView } from '#lib/contracts/views.ts';

type Audience = SavedView['audience'];

/** For whom a view is. */
export function audienceText(audience: Audience): string {
  switch (audience.kind) {
    case 'personal':
      return 'Only you';
    case 'team':
      return `Team ${audience.team}`;
    case 'everyone':
      return 'Everyone';
  }
}

/** One text for each audience, as a form sends it. */
export function audienceKey(audience: Audience): string {
  return audience.kind === 'team' ? `team:${audience.team}` : audience.kind;
}

/** The views under the heading of their audience, in the order in which they come. */
export function byAudience(
  views: readonly SavedView[],
): readonly (readonly [title: string, views: readonly SavedView[]])[] {
  return [...Map.groupBy(views, ({ audience }) => audienceText(audience))];
}
