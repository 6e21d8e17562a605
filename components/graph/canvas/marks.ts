import type { Selection } from '#lib/contracts/url-state.ts';
import { framesIn } from '#lib/graph/related.ts';
import type { GraphView, NodeView, StrandView } from '#lib/picture/view.ts';
import type { Emphasis } from '../filter/filtered-graph.ts';

/** What stands out of the picture and what steps back, by the ids of drawn nodes and lines. */
export type Marks = {
  /** What is selected. */
  readonly chosen: ReadonlySet<string>;
  /** The selection with what it touches. */
  readonly near: ReadonlySet<string>;
  readonly found: ReadonlySet<string>;
  readonly dimmed: ReadonlySet<string>;
};

const none: ReadonlySet<string> = new Set();

export const noMarks: Marks = { chosen: none, near: none, found: none, dimmed: none };

/**
 * The neighbourhood of a selection stays, the rest steps back; without a selection what was found stays.
 * `noMarks` itself where everything stands alike.
 */
export function marksOf(view: GraphView, selection: Selection | null, emphasis: Emphasis): Marks {
  const isPlain = selection === null && emphasis.found === null && emphasis.faded.size === 0;
  if (isPlain) return noMarks;
  const frames = framesIn(view.nodes);
  const found = foundIn(view, emphasis, frames);
  const chosen = chosenIn(view, selection);
  const near = chosen.size === 0 ? none : nearOf(view, chosen, frames);
  const stays = chosen.size > 0 ? near : found;
  const dimmed = new Set(fadedIn(view, emphasis));
  if (stays) for (const { id } of [...view.nodes, ...view.strands]) if (!stays.has(id)) dimmed.add(id);
  return { chosen, near, found: found ?? none, dimmed };
}

type Frames = ReturnType<typeof framesIn>;

/** With the frames around them: what is left of a frame that steps back would be left of what is in it. */
function withFrames(ids: Iterable<string>, frames: Frames): ReadonlySet<string> {
  return new Set([...ids].flatMap(frames));
}

function ends({ source, target }: StrandView): readonly string[] {
  return [source, target];
}

/** Lines with found traffic and their ends; null where nothing is looked for. */
function foundIn(
  view: GraphView,
  { found, foundInside }: Emphasis,
  frames: Frames,
): ReadonlySet<string> | null {
  if (found === null) return null;
  const lines = view.strands.filter(({ edgeId }) => found.has(edgeId));
  const nodes = view.nodes.filter(({ nodeId }) => foundInside.has(nodeId));
  return withFrames(
    [...lines.flatMap((line) => [line.id, ...ends(line)]), ...nodes.map(({ id }) => id)],
    frames,
  );
}

function chosenIn(view: GraphView, selection: Selection | null): ReadonlySet<string> {
  if (selection === null) return none;
  const chosen =
    selection.kind === 'node'
      ? view.nodes.filter(({ nodeId }) => nodeId === selection.id)
      : view.strands.filter(({ edgeId }) => edgeId === selection.id);
  return new Set(chosen.map(({ id }) => id));
}

/** What a selection touches; of an open node that is all inside of it, and what that touches. */
function nearOf(view: GraphView, chosen: ReadonlySet<string>, frames: Frames): ReadonlySet<string> {
  const isInside = ({ id }: NodeView) => frames(id).some((frame) => chosen.has(frame));
  const inside = new Set(view.nodes.filter(isInside).map(({ id }) => id));
  const touching = view.strands.filter(
    (line) => chosen.has(line.id) || ends(line).some((end) => inside.has(end)),
  );
  return withFrames([...inside, ...touching.flatMap((line) => [line.id, ...ends(line)])], frames);
}

/** An external node that is drawn twice is faded where the lines of that drawing are. */
function* fadedIn({ nodes, strands }: GraphView, { faded, fadedNodes }: Emphasis): Iterable<string> {
  if (faded.size === 0) return;
  const withLines = new Set<string>();
  const withWhole = new Set<string>();
  for (const line of strands) {
    const isFaded = faded.has(line.edgeId);
    if (isFaded) yield line.id;
    for (const end of ends(line)) (isFaded ? withLines : withWhole).add(end);
  }
  for (const { id, nodeId } of nodes) {
    const isTwice = id !== nodeId && !fadedNodes.has(nodeId);
    if (isTwice ? withLines.has(id) && !withWhole.has(id) : fadedNodes.has(nodeId)) yield id;
  }
}
