'use client';

import { type FormEvent, useState } from 'react';
import { problemWords } from './problem-words.ts';

type Words = { readonly title: string; readonly detail: string };

/** Sends something once at a time; what stood in its way is kept for showing until the next try. */
export function useSubmit(send: () => Promise<void>): {
  readonly submit: (event: FormEvent) => void;
  readonly run: () => Promise<void>;
  readonly isBusy: boolean;
  readonly problem: Words | null;
} {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Words | null>(null);
  const run = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      await send();
    } catch (error) {
      const failed = error instanceof Error ? error : new Error(String(error));
      setProblem(problemWords(failed, 'That did not work'));
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run();
  };
  return { submit, run, isBusy, problem };
}
