'use client';

import { useEffect, useRef } from 'react';

/** Single keys by `event.key` in lower case; with `mod+` in front, Ctrl or Cmd held. */
export type Shortcuts = Readonly<Record<string, () => void>>;

/** Listens on the page. Keys that someone types into a field, or that an open dialog owns, are left alone. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.isComposing) return;
      const hasMod = event.ctrlKey || event.metaKey;
      if (!hasMod && isTaken(event.target)) return;
      const action = current.current[`${hasMod ? 'mod+' : ''}${event.key.toLowerCase()}`];
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

function isTaken(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, [role="dialog"], [role="alertdialog"], [role="listbox"]') !==
      null
  );
}
