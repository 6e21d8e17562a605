'use client';

import { useSyncExternalStore } from 'react';
import { framedPath, themeStorageKey } from './theme-script.ts';

export type Theme = 'light' | 'dark';

/** The theme on the screen; it follows the system until one is chosen. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, readTheme, () => 'light');
}

/** Chooses a theme for this browser. */
export function chooseTheme(theme: Theme): void {
  try {
    localStorage.setItem(themeStorageKey, theme);
  } catch {
    // A browser that keeps nothing still switches for this visit.
  }
  document.documentElement.dataset.theme = theme;
}

function readTheme(): Theme {
  return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light';
}

function subscribe(changed: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const follow = () => {
    if (isChosen()) return;
    document.documentElement.dataset.theme = system.matches ? 'dark' : 'light';
  };
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  system.addEventListener('change', follow);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', follow);
  };
}

function isChosen(): boolean {
  const { pathname, search } = window.location;
  if (pathname.startsWith(framedPath)) return /[?&]theme=(light|dark)(&|$)/.test(search);
  try {
    return localStorage.getItem(themeStorageKey) !== null;
  } catch {
    return false;
  }
}
