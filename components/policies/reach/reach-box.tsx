'use client';

import { Dialog } from '@base-ui/react/dialog';
import { Route, X } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { useShortcuts } from '#components/graph/use-shortcuts.ts';
import { Button, IconButton } from '#components/ui/button.tsx';
import { formatInstant } from '#components/ui/format-time.ts';
import { SelectField } from '#components/ui/select-field.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { useExplain, useWorkloadTitles } from '#lib/client/policy-queries.ts';
import { problemText } from '#lib/client/problem-words.ts';
import { ReachAnswer } from './reach-answer.tsx';
import { type FieldProblems, noFields, protocols, type ReachFields, toQuestion } from './reach-form.ts';
import { toReachView } from './reach-view.ts';

/** May A reach B on a port? Asked of the policies alone: nobody needs to have tried. */
export function ReachBox({
  cluster,
  atMs = null,
}: {
  readonly cluster: string;
  /** Of the policies as they were then; null: as they are. */
  readonly atMs?: number | null;
}) {
  const [isOpen, setOpen] = useState(false);
  useShortcuts({ m: () => setOpen(true) });
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Tooltip text="Ask the policies whether one workload may reach another" keys="M">
        <Dialog.Trigger render={<Button />}>
          <Route aria-hidden className="text-muted" />
          <span className="max-[1200px]:sr-only">May A reach B?</span>
        </Dialog.Trigger>
      </Tooltip>
      <Dialog.Portal>
        <Dialog.Backdrop className="pop fixed inset-0 z-40 bg-black/35" />
        <Dialog.Popup className="pop fixed top-[8vh] left-1/2 z-50 flex max-h-[84vh] w-[min(640px,94vw)] -translate-x-1/2 flex-col overflow-hidden rounded-[10px] border border-line bg-raised shadow-float">
          <div className="flex items-center justify-between gap-3 px-5 pt-4">
            <Dialog.Title className="text-base font-semibold">
              {atMs === null
                ? `May A reach B in ${cluster}?`
                : `Might A reach B in ${cluster} on ${formatInstant(atMs)}?`}
            </Dialog.Title>
            <Dialog.Close render={<IconButton label="Close" />}>
              <X />
            </Dialog.Close>
          </div>
          <ReachForm cluster={cluster} atMs={atMs} isOpen={isOpen} onLeave={() => setOpen(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function ReachForm({
  cluster,
  atMs,
  isOpen,
  onLeave,
}: {
  readonly cluster: string;
  readonly atMs: number | null;
  readonly isOpen: boolean;
  /** Somebody goes to a policy of the answer, which may stand on the page below. */
  readonly onLeave: () => void;
}) {
  const [fields, setFields] = useState(noFields);
  const [problems, setProblems] = useState<FieldProblems>({});
  const listId = useId();
  const titles = useWorkloadTitles(cluster, isOpen);
  const explain = useExplain();
  const change = (next: Partial<ReachFields>) => {
    setFields({ ...fields, ...next });
    setProblems({});
    explain.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const asked = toQuestion(cluster, fields);
    if ('problems' in asked) setProblems(asked.problems);
    else
      explain.mutate({ ...asked.question, ...(atMs === null ? {} : { at: new Date(atMs).toISOString() }) });
  };
  const end = (field: 'from' | 'to', label: string) => (
    <TextField
      label={label}
      placeholder="namespace/workload or address"
      list={listId}
      value={fields[field]}
      problem={problems[field]}
      autoComplete="off"
      spellCheck={false}
      maxLength={600}
      onChange={(event) => change({ [field]: event.target.value })}
    />
  );
  return (
    <>
      <form onSubmit={submit} className="grid grid-cols-2 gap-x-3 gap-y-3 px-5 pt-3 pb-4">
        <datalist id={listId}>
          {titles.map((title) => (
            <option key={title} value={title} />
          ))}
        </datalist>
        {end('from', 'From')}
        {end('to', 'To')}
        <div className="col-span-2 flex items-start gap-3">
          <div className="w-28">
            <TextField
              label="Port"
              inputMode="numeric"
              value={fields.port}
              problem={problems.port}
              disabled={fields.protocol === 'ICMP'}
              autoComplete="off"
              onChange={(event) => change({ port: event.target.value })}
            />
          </div>
          <div className="w-28">
            <SelectField
              label="Protocol"
              value={fields.protocol}
              choices={protocols.map((protocol) => ({ value: protocol, name: protocol }))}
              onChange={(protocol) => change({ protocol })}
            />
          </div>
          <Button
            type="submit"
            look="primary"
            disabled={explain.isPending}
            className="mt-[26px] ml-auto h-9 px-4"
          >
            {explain.isPending ? 'Asking…' : 'Ask'}
          </Button>
        </div>
      </form>
      <div
        aria-live="polite"
        tabIndex={explain.data ? 0 : -1}
        className="min-h-0 overflow-y-auto outline-offset-[-2px]"
      >
        {explain.isError && (
          <p role="alert" className="border-t border-line px-5 py-3 text-denied">
            {problemText(explain.error)}
          </p>
        )}
        {explain.data && <ReachAnswer view={toReachView(explain.data)} onLeave={onLeave} />}
      </div>
    </>
  );
}
