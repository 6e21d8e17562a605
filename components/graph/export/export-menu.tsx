'use client';

import { Menu } from '@base-ui/react/menu';
import { Check, Download } from 'lucide-react';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { useTheme } from '#components/ui/theme.ts';
import { useSession } from '#lib/client/token-queries.ts';
import { type ExportFormat, exportFormats, formats } from '#lib/export/formats.ts';
import type { Theme } from '#lib/picture/palette.ts';
import type { DrawnPicture } from '../canvas/controller.ts';
import { saveFile } from './save-file.ts';
import { pictureFile, type ShownPicture } from './shown-picture.ts';

const item =
  'flex w-full cursor-pointer items-baseline gap-2 rounded-[7px] px-2 py-1.5 outline-none select-none data-highlighted:bg-hover';

const themes = [
  { theme: 'light', name: 'Light' },
  { theme: 'dark', name: 'Dark' },
] as const satisfies readonly { readonly theme: Theme; readonly name: string }[];

/** What is on the screen as a file, for whoever may export all of it. */
export function ExportMenu({
  picture,
  drawn,
  place,
  partHref,
}: {
  readonly picture: ShownPicture;
  readonly drawn: () => DrawnPicture | null;
  /** Where the menu hangs, so that it belongs to a landmark of the page. */
  readonly place: HTMLElement | null;
  /** Where the server gives the part of it that they may export; null where it gives none. */
  readonly partHref: ((format: ExportFormat, theme: Theme) => string) | null;
}) {
  const session = useSession().data;
  const pageTheme = useTheme();
  const [chosen, setChosen] = useState<Theme | null>(null);
  const [failed, setFailed] = useState(false);
  const theme = chosen ?? pageTheme;
  const save = async (format: ExportFormat) => {
    const now = drawn();
    if (now === null) return;
    try {
      setFailed(false);
      const { name, content } = await pictureFile(picture, now, { format, theme });
      saveFile(name, content);
    } catch {
      setFailed(true);
    }
  };
  if (!session?.rights.includes('export')) return null;
  if (!session.exportsAll && partHref === null) return null;
  return (
    <>
      <Menu.Root onOpenChange={() => setFailed(false)}>
        <Menu.Trigger
          aria-label="Export"
          title="Export"
          className="flex h-[34px] w-[36px] items-center justify-center border-l border-hairline text-muted hover:bg-hover hover:text-text focus-visible:outline-offset-[-3px] data-popup-open:bg-hover"
        >
          <Download aria-hidden className="size-4" />
        </Menu.Trigger>
        <Menu.Portal container={place}>
          <Menu.Positioner side="top" align="end" sideOffset={8} className="z-50">
            <Menu.Popup className="pop w-64 rounded-[10px] border border-line bg-raised p-1 shadow-float outline-none">
              <Menu.Group>
                <Menu.GroupLabel className="px-2 pt-1 pb-1.5 text-xs text-muted">
                  {session.exportsAll
                    ? 'What is on the screen, as a file'
                    : 'The part of it that you may export'}
                </Menu.GroupLabel>
                {session.exportsAll
                  ? exportFormats.map((format) => (
                      <Menu.Item key={format} className={item} onClick={() => void save(format)}>
                        <Words format={format} />
                      </Menu.Item>
                    ))
                  : exportFormats
                      .filter((format) => format !== 'png')
                      .map((format) => (
                        <Menu.LinkItem
                          key={format}
                          href={partHref?.(format, theme)}
                          download
                          closeOnClick
                          className={item}
                        >
                          <Words format={format} />
                        </Menu.LinkItem>
                      ))}
              </Menu.Group>
              <Menu.Separator className="my-1 h-px bg-hairline" />
              <Menu.RadioGroup
                aria-label="Colours of pictures"
                value={theme}
                onValueChange={(next: Theme) => setChosen(next)}
                className="flex items-center gap-1 px-2 py-1"
              >
                <span aria-hidden className="flex-1 text-xs text-muted">
                  Colours of pictures
                </span>
                {themes.map(({ theme: each, name }) => (
                  <Menu.RadioItem
                    key={each}
                    value={each}
                    closeOnClick={false}
                    className="flex h-7 cursor-pointer items-center gap-1 rounded-[7px] px-2 text-xs outline-none select-none data-checked:font-semibold data-highlighted:bg-hover"
                  >
                    <Menu.RadioItemIndicator>
                      <Check className="size-3.5 text-accent" />
                    </Menu.RadioItemIndicator>
                    {name}
                  </Menu.RadioItem>
                ))}
              </Menu.RadioGroup>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {failed &&
        place &&
        createPortal(
          <p
            role="alert"
            className="absolute right-3.5 bottom-14 z-10 max-w-72 rounded-[10px] border border-line bg-raised px-3 py-2 text-xs shadow-float"
          >
            The picture could not be made here: it may be too large for this browser. SVG has no such limit.
          </p>,
          place,
        )}
    </>
  );
}

function Words({ format }: { readonly format: ExportFormat }) {
  const { name, about } = formats[format];
  return (
    <>
      <span className="font-medium">{name}</span>
      <span className="text-xs text-muted">{about}</span>
    </>
  );
}
