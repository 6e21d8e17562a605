'use client';

import { Menu } from '@base-ui/react/menu';
import { Check, Copy, ListTree } from 'lucide-react';
import { useState } from 'react';
import { Button, LinkButton } from '#components/ui/button.tsx';
import type { Span } from '#lib/client/queries.ts';
import { buildScreenQuery, defaultState, type ScreenState } from '#lib/contracts/url-state.ts';
import { hubbleCommand, type Wanted, whiskerCommand } from '#lib/filter/elsewhere.ts';
import { noFilters } from '../filter/filter-bar.tsx';
import { useScreenState } from '../use-screen-state.ts';

type Copied = { readonly name: string; readonly text: () => string };

/** The ways on from a selection: its single flows, and what can be sent to somebody or asked elsewhere. */
export function DrawerActions({
  span,
  wanted,
  collectors,
}: {
  readonly span: Span;
  /** The selection as other tools are asked for it; null where they have no word for it. */
  readonly wanted: Omit<Wanted, 'fromMs' | 'toMs'> | null;
  /** Kinds of flow logs that the graph stands on. */
  readonly collectors: readonly string[];
}) {
  const state = useScreenState();
  const [copied, setCopied] = useState<string | null>(null);
  const [fromMs, toMs] = [Date.parse(span.from), Date.parse(span.to)];
  const asked = wanted && { ...wanted, fromMs, toMs };
  const hubble = asked && collectors.includes('hubble') ? hubbleCommand(asked) : null;
  const whisker = asked && collectors.some((kind) => calico.has(kind)) ? whiskerCommand(asked) : null;
  const ways: readonly Copied[] = [
    { name: 'Link to this', text: () => linkTo(state, { fromMs, toMs }) },
    ...(hubble === null ? [] : [{ name: 'hubble observe', text: () => hubble }]),
    ...(whisker === null ? [] : [{ name: 'Query of Whisker', text: () => whisker }]),
  ];
  const copy = async ({ name, text }: Copied) => {
    await navigator.clipboard.writeText(text());
    setCopied(name);
    setTimeout(() => setCopied(null), 1_600);
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <LinkButton href={`/flows${flowsQuery(state)}`}>
        <ListTree aria-hidden className="text-muted" /> All its flows
      </LinkButton>
      <Menu.Root modal={false}>
        <Menu.Trigger render={<Button />}>
          {copied === null ? (
            <Copy aria-hidden className="text-muted" />
          ) : (
            <Check aria-hidden className="text-accent" />
          )}
          {copied === null ? 'Copy as' : 'Copied'}
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner side="bottom" align="start" sideOffset={6} className="z-50">
            <Menu.Popup className="pop min-w-48 rounded-[10px] border border-line bg-raised p-1 shadow-float outline-none">
              {ways.map((way) => (
                <Menu.Item
                  key={way.name}
                  onClick={() => void copy(way)}
                  className="flex h-8 cursor-pointer items-center rounded-[7px] px-2.5 outline-none select-none data-highlighted:bg-hover"
                >
                  {way.name}
                </Menu.Item>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <span role="status" className="sr-only">
        {copied === null ? '' : `${copied} copied`}
      </span>
    </div>
  );
}

const calico: ReadonlySet<string> = new Set(['calico', 'whisker', 'goldmane']);

/** What is only highlighted in the picture is not what the drawer counts; nor is what is dimmed left out there. */
function flowsQuery(state: ScreenState): string {
  const { cluster, range, selection, hide, only } = state;
  const filters = state.isFaded ? noFilters : { hide, only };
  return buildScreenQuery({ ...defaultState, cluster, range, selection, ...filters });
}

/** The window is written down: whoever gets the link sees what its sender saw. */
function linkTo(state: ScreenState, span: { readonly fromMs: number; readonly toMs: number }): string {
  const query = buildScreenQuery({ ...state, range: { kind: 'fixed', ...span } });
  return `${window.location.origin}${window.location.pathname}${query}`;
}
