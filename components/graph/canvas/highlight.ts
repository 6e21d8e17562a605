import type { Core } from 'cytoscape';
import { type Marks, noMarks } from './marks.ts';

/** The marks that are on the picture now, kept with it. */
const shownMarks = 'flowloom-marks';

const classes = ['chosen', 'near', 'dimmed', 'found'] as const;

/** Lets marked nodes and lines stand out, and step back. Nothing moves. */
export function highlight(cy: Core, marks: Marks): void {
  // Nothing stands out and nothing did: to ask thousands of elements would keep the page busy.
  if (marks === noMarks && (cy.scratch(shownMarks) ?? noMarks) === noMarks) return;
  cy.scratch(shownMarks, marks);
  cy.batch(() => {
    cy.elements().removeClass(classes.join(' '));
    for (const name of classes) for (const id of marks[name]) cy.getElementById(id).addClass(name);
  });
}

/** Marks the node that the keyboard is on. */
export function markWalked(cy: Core, id: string | null): void {
  cy.nodes('.walked').removeClass('walked');
  if (id !== null) cy.getElementById(id).addClass('walked');
}
