import { VerdictMark } from './verdict-mark.tsx';

/** What colours, dashes and widths mean, in one line. */
export function Legend() {
  return (
    <div className="pointer-events-none absolute top-3.5 left-3.5 z-10 flex h-[38px] items-center gap-4 rounded-[10px] border border-line bg-surface px-3.5 text-xs whitespace-nowrap text-muted shadow-float">
      <span className="font-semibold text-text">Verdict</span>
      <span aria-hidden className="-mx-1 h-4 w-px bg-line" />
      {(['allowed', 'denied', 'dropped'] as const).map((verdict) => (
        <span key={verdict} className="flex items-center gap-2">
          <VerdictMark verdict={verdict} />
          {verdict}
        </span>
      ))}
      <span aria-hidden className="-mx-1 h-4 w-px bg-line" />
      <span>width is connections, logarithmic</span>
    </div>
  );
}
