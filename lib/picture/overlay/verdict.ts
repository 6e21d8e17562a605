import { verdicts, volumeOf } from '../amounts.ts';
import { line, type Overlay } from './overlay.ts';

/** What became of the traffic, as it was recorded: a line for each verdict. */
export const verdictOverlay: Overlay = {
  name: 'verdict',
  title: 'Verdict',
  about: 'Allowed, denied and dropped, as recorded',
  isAsked: false,
  paint: () => ({
    legend: verdicts.map((verdict) => line(verdict, verdict)),
    note: 'width is connections, logarithmic',
    strokes: (edge) =>
      verdicts
        .filter((verdict) => edge[verdict].flows > 0)
        .map((verdict) => ({ tone: verdict, volume: volumeOf(edge[verdict]) })),
  }),
};
