import { Ban, CircleCheck, CircleHelp } from 'lucide-react';
import Link from 'next/link';
import type { DirectionView, ReachView, StepRow } from './reach-view.ts';

const verdictLooks = {
  allowed: { icon: CircleCheck, look: 'text-allowed', word: 'allowed' },
  denied: { icon: Ban, look: 'text-denied', word: 'denied' },
  undecidable: { icon: CircleHelp, look: 'text-dropped', word: 'undecidable' },
} as const;

/** The verdict, and for each direction the steps in tier order with the one that decided. */
export function ReachAnswer({ view, onLeave }: { readonly view: ReachView; readonly onLeave: () => void }) {
  const { icon: Icon, look } = verdictLooks[view.verdict];
  return (
    <div className="flex flex-col gap-3 border-t border-line bg-ground px-5 py-4">
      <p className={`flex items-start gap-2 text-[15px] leading-snug font-semibold ${look}`}>
        <Icon aria-hidden className="mt-px size-[18px] shrink-0" />
        <span className="break-words">{view.sentence}</span>
      </p>
      <Missing missing={view.missing} />
      {view.directions.map((direction) => (
        <Direction key={direction.title} direction={direction} onLeave={onLeave} />
      ))}
      {view.notRead.length > 0 && (
        <div className="text-xs text-dropped">
          <p className="font-semibold">Not taken into account</p>
          <ul>
            {view.notRead.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function Missing({ missing }: { readonly missing: readonly string[] }) {
  if (missing.length === 0) return null;
  return (
    <div className="rounded-[10px] border border-dropped/40 px-3 py-2 text-xs">
      <p className="font-semibold text-dropped">To tell, this would have to be known</p>
      <ul className="text-muted">
        {missing.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  );
}

function Direction({
  direction,
  onLeave,
}: {
  readonly direction: DirectionView;
  readonly onLeave: () => void;
}) {
  const { title, verdict, note, steps, unmatched } = direction;
  return (
    <section className="rounded-[10px] border border-line bg-surface px-3 py-2.5">
      <div className="mb-1 flex items-baseline justify-between gap-2">
        <h3 className="min-w-0 text-xs font-semibold break-words text-muted">{title}</h3>
        {verdict !== null && (
          <span className={`shrink-0 text-xs font-semibold ${verdictLooks[verdict].look}`}>
            {verdictLooks[verdict].word}
          </span>
        )}
      </div>
      {note !== '' && <p className="text-xs text-muted">{note}</p>}
      <ol>
        {steps.map((step) => (
          <Step key={step.key} step={step} onLeave={onLeave} />
        ))}
      </ol>
      {unmatched.length > 0 && (
        <p className="pt-1 text-xs text-muted">Selected without a match: {unmatched.join('; ')}</p>
      )}
    </section>
  );
}

const actionLooks = { allow: 'text-allowed', deny: 'text-denied', pass: 'text-muted' } as const;

function Step({
  step: { tier, text, action, isDeciding, isCertain, href },
  onLeave,
}: {
  readonly step: StepRow;
  readonly onLeave: () => void;
}) {
  return (
    <li className={`flex items-baseline gap-2 py-[3px] text-xs ${isDeciding ? 'font-semibold' : ''}`}>
      <span className="w-[84px] shrink-0 truncate text-muted" title={tier}>
        {tier}
      </span>
      <span className="min-w-0 flex-1 break-words">
        {isCertain ? '' : 'perhaps '}
        {href === null ? (
          text
        ) : (
          <Link
            href={href}
            onClick={onLeave}
            className="underline decoration-line underline-offset-4 hover:decoration-current"
          >
            {text}
          </Link>
        )}
      </span>
      <span className={`shrink-0 ${actionLooks[action]}`}>
        {action}
        {isDeciding && <span className="sr-only">, decided</span>}
      </span>
    </li>
  );
}
