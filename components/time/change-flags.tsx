'use client';

import { Popover } from '@base-ui/react/popover';
import { Flag } from 'lucide-react';
import Link from 'next/link';
import { useShortList } from '#components/ui/short-list.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { usePolicyChanges } from '#lib/client/policy-queries.ts';
import { type ChangeFlag, type FlaggedChange, flagsOf, flagText, flagTime } from './change-flags-view.ts';
import type { SpanMs } from './span-of.ts';
import { placeOf } from './timeline-marks.tsx';
import { wireSpanOf } from './wire-span.ts';

/**
 * Where policies of the cluster changed: a flag on the strip, which says what changed and leads to the difference.
 * Without an answer there is none; the policies page says what is wrong. `asked` is the stretch to ask about,
 * `extent` the one that is drawn.
 */
export function ChangeFlags({
  cluster,
  asked,
  extent,
  onPoint,
}: {
  readonly cluster: string;
  readonly asked: SpanMs;
  readonly extent: SpanMs;
  /** The pointer is on a flag, and no longer on the strip. */
  readonly onPoint: () => void;
}) {
  const { data } = usePolicyChanges(cluster, wireSpanOf(asked));
  if (data === undefined) return null;
  return flagsOf(data, extent).map((flag) => (
    <div
      key={flag.atMs}
      style={{ left: placeOf({ fromMs: flag.atMs, toMs: flag.atMs }, extent).left }}
      // The strip below takes what is pressed on it for a window.
      onPointerDown={(event) => event.stopPropagation()}
      onPointerMove={(event) => {
        event.stopPropagation();
        onPoint();
      }}
      className="absolute -top-[7px] z-20"
    >
      <FlagMark flag={flag} />
    </div>
  ));
}

const look =
  'relative flex h-[17px] w-[17px] cursor-pointer rounded-[3px] pl-px text-accent outline-offset-0 hover:text-text data-popup-open:text-text';

function FlagMark({ flag }: { readonly flag: ChangeFlag }) {
  const text = flagText(flag);
  const when = flagTime(flag);
  const only = flag.changes.length === 1 && flag.leftOut === 0 ? flag.changes[0] : undefined;
  if (only !== undefined && only.href !== null)
    return (
      <Tooltip text={`${text}, ${when}`} side="top">
        <Link href={only.href} aria-label={`${text}, ${when}`} className={look}>
          <Pole />
        </Link>
      </Tooltip>
    );
  return (
    <Popover.Root>
      <Popover.Trigger
        openOnHover
        delay={120}
        closeDelay={160}
        aria-label={`${text}, ${when}`}
        className={look}
      >
        <Pole />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="top" align="start" sideOffset={6} className="z-50">
          <Popover.Popup className="pop w-[340px] max-w-[90vw] rounded-[10px] border border-line bg-raised px-3 py-2.5 text-xs shadow-float outline-none">
            <Popover.Title className="font-semibold">{text}</Popover.Title>
            <p className="tabular pb-1.5 text-muted">{when}</p>
            <Changes flag={flag} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Pole() {
  return (
    <>
      <span aria-hidden className="absolute top-px left-0 h-[48px] w-px bg-accent/60" />
      <Flag aria-hidden className="size-[13px] fill-current stroke-[2.5]" />
    </>
  );
}

function Changes({ flag: { changes, leftOut } }: { readonly flag: ChangeFlag }) {
  const { shown, more } = useShortList(changes, 8, 'changes');
  return (
    <>
      <ul className="flex max-h-60 flex-col gap-0.5 overflow-y-auto">
        {shown.map((change) => (
          <li key={change.key} className="flex items-baseline gap-2">
            <Name change={change} />
            <span className="shrink-0 text-muted">{change.what}</span>
          </li>
        ))}
      </ul>
      {more}
      {leftOut > 0 && <p className="pt-1 text-muted">and {leftOut} more, on the policies page</p>}
    </>
  );
}

function Name({ change: { name, href } }: { readonly change: FlaggedChange }) {
  const words = 'min-w-0 flex-1 break-words';
  if (href === null) return <span className={words}>{name}</span>;
  return (
    <Link href={href} className={`${words} rounded-sm text-accent hover:underline`}>
      {name}
    </Link>
  );
}
