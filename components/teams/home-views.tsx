import { Card } from '#components/graph/drawer/drawer-parts.tsx';
import { problemText } from '#lib/client/problem-words.ts';
import { useViews } from '#lib/client/view-queries.ts';
import { graphHref, type HomeSight } from './home-links.ts';

/** The views that a team keeps; on the page of a namespace, one's own and everyone's. */
export function HomeViews({ team, sight }: { readonly team: string | null; readonly sight: HomeSight }) {
  const views = useViews();
  const shown = (views.data?.views ?? []).filter(({ audience }) =>
    team === null ? audience.kind !== 'team' : audience.kind === 'team' && audience.team === team,
  );
  return (
    <Card title={team === null ? 'Saved views' : 'Views of the team'} aside={views.data && `${shown.length}`}>
      {views.isError && <p className="text-xs text-muted">{problemText(views.error)}</p>}
      {views.data && shown.length === 0 && (
        <p className="text-xs text-muted">
          None yet. Set{' '}
          <a href={graphHref(sight)} className="text-accent underline">
            the graph
          </a>{' '}
          up as it helps most, and save it there under Views.
        </p>
      )}
      <ul aria-label="Saved views" className="-mx-1.5">
        {shown.map(({ id, name, isDefault }) => (
          <li key={id}>
            <a
              href={`/?view=${id}`}
              className="flex h-[26px] items-center gap-2 rounded-md px-1.5 hover:bg-hover"
            >
              <span className="min-w-0 flex-1 truncate">{name}</span>
              {isDefault && <span className="text-xs text-muted">default</span>}
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}
