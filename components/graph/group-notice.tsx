import { Select } from '@base-ui/react/select';
import { Check, ChevronDown, Group } from 'lucide-react';
import type { ReactNode } from 'react';
import { SelectPopup, selectItem } from '#components/ui/select-popup.tsx';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import { communityOf, type GroupRef, parseGroupRef } from '#lib/contracts/group-ref.ts';
import { plural } from '#lib/kit/format-number.ts';
import { changeScreenState } from './use-screen-state.ts';

type Shown = Pick<GraphDocument, 'grouping' | 'window'>;

/** Says what namespaces are grouped by, and changes it; nothing where they are not. */
export function GroupNotice({ document }: { readonly document: Shown }) {
  const { grouping } = document;
  if (grouping === undefined || grouping.by === null) return null;
  const name = nameOf(grouping.by);
  return (
    <GroupSelect
      document={document}
      current={grouping.by}
      label={`Grouped by ${name}: ${plural(grouping.groups, 'group')}. Change`}
      className="h-[34px] min-w-0 gap-2 rounded-[10px] border border-line bg-surface px-3 text-muted pointer-events-auto shadow-float hover:text-text"
    >
      <Group aria-hidden className="size-3.5 shrink-0 text-accent" />
      <span className="truncate">
        Grouped by <span className="font-medium text-text">{name}</span>
        {` · ${grouping.groups}`}
      </span>
    </GroupSelect>
  );
}

/** What namespaces can be grouped by. */
export function GroupSelect({
  document: { grouping, window },
  current,
  label,
  className,
  children,
}: {
  readonly document: Shown;
  readonly current: GroupRef | null;
  readonly label: string;
  readonly className: string;
  readonly children: ReactNode;
}) {
  const byPeers: GroupRef =
    current !== null && parseGroupRef(current)?.by === 'community'
      ? current
      : communityOf(spanOf(window.answered));
  const choices: readonly { readonly value: GroupRef | 'none'; readonly name: string }[] = [
    ...(grouping?.keys ?? []).map(({ key, groups }) => ({
      value: `label:${key}` as const,
      name: `Label ${key}: ${plural(groups, 'group')}`,
    })),
    { value: byPeers, name: 'Who talks to whom' },
    { value: 'none', name: 'Do not group' },
  ];
  return (
    <Select.Root<GroupRef | 'none'>
      value={current ?? 'none'}
      onValueChange={(value) => changeScreenState({ group: value, selection: null, expanded: [] })}
      modal={false}
    >
      <Select.Trigger
        aria-label={label}
        className={`flex items-center text-xs whitespace-nowrap ${className}`}
      >
        {children}
        <ChevronDown aria-hidden className="size-3.5 shrink-0" />
      </Select.Trigger>
      <SelectPopup className="max-h-[50vh] min-w-60 text-[13px]">
        {choices.map(({ value, name }) => (
          <Select.Item key={value} value={value} className={selectItem}>
            <Select.ItemText className="min-w-0 flex-1">{name}</Select.ItemText>
            <Select.ItemIndicator>
              <Check aria-hidden className="size-4 text-accent" />
            </Select.ItemIndicator>
          </Select.Item>
        ))}
      </SelectPopup>
    </Select.Root>
  );
}

function nameOf(by: GroupRef): string {
  const grouping = parseGroupRef(by);
  return grouping?.by === 'label' && grouping.key !== null ? `label ${grouping.key}` : 'who talks to whom';
}

function spanOf({ from, to }: GraphDocument['window']['answered']) {
  return { fromMs: Date.parse(from), toMs: Date.parse(to) };
}
