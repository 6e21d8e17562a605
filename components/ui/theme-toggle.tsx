'use client';

import { Moon, Sun } from 'lucide-react';
import { IconButton } from './button.tsx';
import { chooseTheme, useTheme } from './theme.ts';
import { Tooltip } from './tooltip.tsx';

/** Switches between light and dark; both icons are in the document, the style shows the right one. */
export function ThemeToggle() {
  const theme = useTheme();
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <Tooltip text={`Switch to the ${other} theme`} side="right">
      <IconButton label={`Switch to the ${other} theme`} onClick={() => chooseTheme(other)}>
        <Sun className="hidden [[data-theme=dark]_&]:block" />
        <Moon className="[[data-theme=dark]_&]:hidden" />
      </IconButton>
    </Tooltip>
  );
}
