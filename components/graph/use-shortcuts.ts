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

const owners =
  'input, textarea, select, [role="dialog"]:not([data-closed]), [role="alertdialog"]:not([data-closed]), [role="listbox"]';

/** A dialog that fades away owns no keys any more, though the focus may still be in it. */
function isTaken(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  const owner = target.closest(owners);
  return owner !== null && owner.closest('[data-closed]') === null;
}
