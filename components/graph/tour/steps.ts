/** What a first visitor is told, each beside the part of the screen that carries this name in `data-tour`. */
export type TourStep = {
  readonly at: 'picture' | 'legend' | 'timeline' | 'search';
  readonly title: string;
  readonly text: string;
};

export const tourSteps: readonly TourStep[] = [
  {
    at: 'picture',
    title: 'Who talks to whom',
    text: 'Boxes are namespaces, lines their traffic from client to server; dashed lines were denied. Double-click a box, or press Enter on it, to see what is inside. Click a line to see why it was allowed or not.',
  },
  {
    at: 'legend',
    title: 'Coloured by what you ask',
    text: 'The legend is a switch too: recorded verdicts, volume, what policies say today, where nothing protects a namespace, and what a draft of yours would change.',
  },
  {
    at: 'timeline',
    title: 'Any time, or live',
    text: 'Drag on the timeline to choose a window, or replay it with the clock at its end. Above the graph, Live follows what comes in, and Compare marks what is new and what is gone.',
  },
  {
    at: 'search',
    title: 'Find it by name',
    text: 'Ctrl K finds namespaces, workloads and policies. G and H find and hide by an expression. The key ? lists all keys, and shows this tour again.',
  },
];
