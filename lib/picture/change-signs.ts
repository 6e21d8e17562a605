import type { EdgeChange } from '#lib/contracts/compare.ts';

/** The sign of a change: on the lines of the picture, in the legend and in the table. */
export const changeSigns: Readonly<Record<EdgeChange, string>> = {
  new: '+',
  gone: '×',
  more: '▲',
  less: '▼',
  same: '=',
};

export const changeNames: Readonly<Record<EdgeChange, string>> = {
  new: 'new',
  gone: 'gone',
  more: 'more',
  less: 'less',
  same: 'same',
};
