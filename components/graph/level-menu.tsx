'use client';

import { Menu } from '@base-ui/react/menu';
import { Check, ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { LayerName, Level } from '#lib/contracts/graph.ts';
import type { ScreenState } from '#lib/contracts/url-state.ts';

const levels: readonly { readonly level: Level; readonly name: string; readonly what: string }[] = [
  { level: 'cluster', name: 'Whole cluster', what: 'The cluster and what lies outside' },
  { level: 'namespace', name: 'All namespaces', what: 'One node for each namespace' },
  { level: 'workload', name: 'All workloads', what: 'Deployments, jobs and services' },
  { level: 'port', name: 'All ports', what: 'Workloads, with the ports that they serve' },
];

const layerItems: readonly {
  readonly layer: LayerName;
  readonly name: string;
  readonly what: string;
  /** Levels at which it says nothing. */
  readonly without: readonly Level[];
}[] = [
  {
    layer: 'platform',
    name: 'Platform as one node',
    what: 'kube-system and what else a cluster brings along',
    without: ['workload', 'port'],
  },
  {
    layer: 'services',
    name: 'Services with their workloads',
    what: 'Services that share their endpoints are one node',
    without: ['port'],
  },
];

const groupItems = [
  { by: 'label', name: 'Grouped by a label', what: 'Namespaces with one value are one node' },
  {
    by: 'community',
    name: 'Grouped by who talks to whom',
    what: 'Namespaces that belong together are one node',
  },
] as const;

/** What a node is, before any is opened, and what is drawn together. */
export function LevelMenu({
  level,
  layers,
  group,
  openCount,
  onChange,
}: Pick<ScreenState, 'level' | 'layers' | 'group'> & {
  readonly openCount: number;
  readonly onChange: (change: Partial<Pick<ScreenState, 'level' | 'layers' | 'group' | 'expanded'>>) => void;
}) {
  const current = levels.find((one) => one.level === level);
  // Inside the bar, so that the menu belongs to a landmark of the page.
  const [place, setPlace] = useState<HTMLElement | null>(null);
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className="flex h-8 min-w-0 items-center gap-1.5 rounded-[7px] px-2 text-[13px] font-semibold hover:bg-hover data-popup-open:bg-hover">
        <span className="truncate">{current?.name}</span>
        <ChevronDown aria-hidden className="size-3.5 shrink-0 text-muted" />
      </Menu.Trigger>
      <div ref={setPlace} />
      <Menu.Portal container={place}>
        <Menu.Positioner side="bottom" align="start" sideOffset={6} className="z-50">
          <Menu.Popup className="pop w-72 rounded-[10px] border border-line bg-raised p-1 shadow-float outline-none">
            <Menu.RadioGroup
              value={level}
              onValueChange={(next: Level) => onChange({ level: next, expanded: [] })}
            >
              {levels.map((one) => (
                <Menu.RadioItem key={one.level} value={one.level} closeOnClick className={itemClass}>
                  <Mark>
                    <Menu.RadioItemIndicator>
                      <Check className="size-4" />
                    </Menu.RadioItemIndicator>
                  </Mark>
                  <Words name={one.name} what={one.what} />
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            <Menu.Separator className="mx-2 my-1 h-px bg-hairline" />
            {layerItems.map(({ layer, name, what, without }) => (
              <Choice
                key={layer}
                name={name}
                what={what}
                isOn={layers.includes(layer)}
                isDisabled={without.includes(level)}
                onChange={(isOn) =>
                  onChange({ layers: isOn ? [...layers, layer] : layers.filter((other) => other !== layer) })
                }
              />
            ))}
            {groupItems.map(({ by, name, what }) => (
              <Choice
                key={by}
                name={name}
                what={what}
                isOn={group?.startsWith(by) ?? false}
                isDisabled={level === 'workload' || level === 'port'}
                onChange={(isOn) => onChange({ group: isOn ? by : 'none', expanded: [] })}
              />
            ))}
            <Menu.Item
              disabled={openCount === 0}
              onClick={() => onChange({ expanded: [] })}
              className={itemClass}
            >
              <Mark>{null}</Mark>
              <Words
                name="Close all open nodes"
                what={openCount === 0 ? 'None is open' : `${openCount} open`}
              />
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

const itemClass =
  'flex cursor-pointer items-start gap-2 rounded-[7px] px-2 py-1.5 outline-none select-none data-disabled:cursor-default data-disabled:opacity-50 data-highlighted:bg-hover';

/** One that is on or off, whatever the others are. */
function Choice({
  name,
  what,
  isOn,
  isDisabled,
  onChange,
}: {
  readonly name: string;
  readonly what: string;
  readonly isOn: boolean;
  readonly isDisabled: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  return (
    <Menu.CheckboxItem
      checked={isOn}
      disabled={isDisabled}
      onCheckedChange={onChange}
      closeOnClick
      className={itemClass}
    >
      <Mark>
        <Menu.CheckboxItemIndicator>
          <Check className="size-4" />
        </Menu.CheckboxItemIndicator>
      </Mark>
      <Words name={name} what={what} />
    </Menu.CheckboxItem>
  );
}

function Mark({ children }: { readonly children: ReactNode }) {
  return <span className="mt-0.5 flex size-4 shrink-0 items-center text-accent">{children}</span>;
}

function Words({ name, what }: { readonly name: string; readonly what: string }) {
  return (
    <span className="min-w-0 flex-1">
      <span className="block truncate text-[13px] font-medium">{name}</span>
      <span className="block text-xs text-muted">{what}</span>
    </span>
  );
}
