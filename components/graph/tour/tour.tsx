'use client';

import { Popover } from '@base-ui/react/popover';
import { useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { type TourStep, tourSteps } from './steps.ts';
import { endTour, useIsTouring } from './tour-store.ts';

/** Four steps over the screen for whoever sees a graph here for the first time; nothing behind it is held up. */
export function Tour() {
  return useIsTouring() ? <TourSteps /> : null;
}

function TourSteps() {
  const [at, setAt] = useState(0);
  const next = useRef<HTMLButtonElement>(null);
  const step = tourSteps[at];
  if (!step) return null;
  const isLast = at === tourSteps.length - 1;
  return (
    <Popover.Root
      open
      onOpenChange={(isOpen, { reason }) => {
        // Whoever clicks beside it looks at the picture, and goes on reading afterwards.
        if (!isOpen && reason === 'escape-key') endTour();
      }}
    >
      <Popover.Portal>
        <Popover.Positioner
          key={step.at}
          anchor={anchorOf(step.at)}
          side={step.at === 'timeline' ? 'top' : 'bottom'}
          sideOffset={10}
          collisionPadding={12}
          className="z-40"
        >
          <Popover.Popup
            initialFocus={next}
            className="pop w-[340px] rounded-[10px] border border-line bg-raised p-4 shadow-float outline-none"
          >
            <Popover.Title className="text-sm font-semibold">{step.title}</Popover.Title>
            <Popover.Description className="mt-1.5 text-muted">{step.text}</Popover.Description>
            <div className="mt-3.5 flex items-center gap-2">
              <span className="tabular flex-1 text-xs text-muted">
                {at + 1} of {tourSteps.length}
              </span>
              {!isLast && (
                <Button look="bare" onClick={endTour}>
                  Skip
                </Button>
              )}
              {at > 0 && <Button onClick={() => setAt(at - 1)}>Back</Button>}
              <Button ref={next} look="primary" onClick={() => (isLast ? endTour() : setAt(at + 1))}>
                {isLast ? 'Done' : 'Next'}
              </Button>
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** The named part of the screen; of the picture, which fills it, a point above the middle. */
function anchorOf(at: TourStep['at']) {
  return {
    getBoundingClientRect: () => {
      const part = document.querySelector(`[data-tour="${at}"]`)?.getBoundingClientRect() ?? new DOMRect();
      if (at !== 'picture') return part;
      return new DOMRect(part.left + part.width / 2, part.top + part.height / 3, 0, 0);
    },
  };
}
