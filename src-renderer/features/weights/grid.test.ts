import { describe, expect, test } from 'vitest';
import { areaBetween, commitStep, contains, intentOf, joined, type Step, stepFrom, stripTo, wholeBetween } from './grid.ts';

const ORDER = { operators: [5, 2, 9], sources: [1, 7] };
const from = (operator_id: number, source_id: number, step: Step) => stepFrom({ operator_id, source_id }, step, ORDER);
const key = (name: string, more: Partial<Parameters<typeof intentOf>[0]> = {}) => ({
  key: name,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

describe('the cursor of the weights', () => {
  test('moves by rows and columns in the order shown', () => {
    expect(from(5, 1, 'down')).toEqual({ operator_id: 2, source_id: 1 });
    expect(from(2, 1, 'right')).toEqual({ operator_id: 2, source_id: 7 });
    expect(from(9, 7, 'row_start')).toEqual({ operator_id: 9, source_id: 1 });
  });

  test('goes to each edge and corner with Ctrl', () => {
    const ctrl = (name: string, more = {}) => intentOf(key(name, { ctrlKey: true, ...more }));
    const to = (name: string) => {
      const intent = ctrl(name);
      return intent?.kind === 'move' ? from(2, 1, intent.step) : null;
    };
    expect([to('ArrowUp'), to('ArrowDown'), to('ArrowRight'), to('End'), to('Home')]).toEqual([
      { operator_id: 5, source_id: 1 },
      { operator_id: 9, source_id: 1 },
      { operator_id: 2, source_id: 7 },
      { operator_id: 9, source_id: 7 },
      { operator_id: 5, source_id: 1 },
    ]);
    expect(ctrl('ArrowDown', { shiftKey: true })).toEqual({ kind: 'move', step: 'column_end', extending: true });
    expect([
      ctrl(' ', { code: 'Space' }),
      intentOf(key(' ', { shiftKey: true })),
      ctrl('я', { code: 'KeyZ', shiftKey: true }),
      ctrl('н', { code: 'KeyY' }),
    ]).toEqual([{ kind: 'columns' }, { kind: 'rows' }, { kind: 'redo' }, { kind: 'redo' }]);
  });

  test('selects whole rows and columns, from its own to any other, in either direction', () => {
    const [a, b] = [
      { operator_id: 9, source_id: 1 },
      { operator_id: 2, source_id: 7 },
    ];
    const area = (what: 'rows' | 'columns', from_: typeof a, to: typeof a) => {
      const [cursor, anchor] = wholeBetween(what, from_, to, ORDER) ?? [a, a];
      return areaBetween(anchor, cursor, ORDER);
    };
    expect(area('rows', a, b)).toEqual({ top: 1, bottom: 2, left: 0, right: 1 });
    expect(area('rows', b, b)).toEqual({ top: 1, bottom: 1, left: 0, right: 1 });
    expect(area('columns', b, a)).toEqual({ top: 0, bottom: 2, left: 0, right: 1 });
    expect(area('columns', b, b)).toEqual({ top: 0, bottom: 2, left: 1, right: 1 });
    expect(wholeBetween('rows', a, b, { operators: [], sources: [1] })).toBeNull();
  });

  test('stays at the edge', () => {
    expect(from(5, 1, 'up')).toEqual({ operator_id: 5, source_id: 1 });
    expect(from(9, 7, 'right')).toEqual({ operator_id: 9, source_id: 7 });
  });

  test('wraps to the next row with Tab, and leaves the grid at its end', () => {
    expect(from(5, 7, 'next')).toEqual({ operator_id: 2, source_id: 1 });
    expect(from(2, 1, 'previous')).toEqual({ operator_id: 5, source_id: 7 });
    expect(from(9, 7, 'next')).toBeNull();
  });
});

describe('the corner of a selection', () => {
  const area = { top: 2, bottom: 3, left: 2, right: 4 };
  test('is dragged vertically or horizontally, whichever distance is larger', () => {
    expect(stripTo(area, 6, 5)).toEqual({ top: 4, bottom: 6, left: 2, right: 4 });
    expect(stripTo(area, 0, 3)).toEqual({ top: 0, bottom: 1, left: 2, right: 4 });
    expect(stripTo(area, 4, 7)).toEqual({ top: 2, bottom: 3, left: 5, right: 7 });
    expect(stripTo(area, 3, 0)).toEqual({ top: 2, bottom: 3, left: 0, right: 1 });
  });

  test('fills nothing while it is inside', () => {
    expect(stripTo(area, 3, 2)).toBeNull();
  });

  test('joins the selection and the area that it was dragged over', () => {
    const strip = stripTo(area, 9, 2);
    expect(strip && joined(area, strip)).toEqual({ ...area, bottom: 9 });
    expect([contains(area, 3, 4), contains(area, 4, 4), contains(area, 3, 1)]).toEqual([true, false, false]);
  });
});

describe('a selection', () => {
  test('lies between its two corners in any order, as displayed', () => {
    const [a, b] = [
      { operator_id: 9, source_id: 1 },
      { operator_id: 5, source_id: 7 },
    ];
    const area = { top: 0, bottom: 2, left: 0, right: 1 };
    expect([areaBetween(a, b, ORDER), areaBetween(b, a, ORDER)]).toEqual([area, area]);
    expect(areaBetween({ operator_id: 4, source_id: 1 }, b, ORDER)).toBeNull();
  });

  test('grows with Shift and an arrow, and is everything with Ctrl+A in any layout', () => {
    expect(intentOf(key('ArrowDown', { shiftKey: true }))).toEqual({ kind: 'move', step: 'down', extending: true });
    expect([intentOf(key('ф', { code: 'KeyA', ctrlKey: true })), intentOf(key('в', { code: 'KeyD', metaKey: true }))]).toEqual([
      { kind: 'all' },
      { kind: 'fill_down' },
    ]);
  });
});

describe('a key over a cell', () => {
  test('a digit replaces the weight, Enter edits it, Delete removes it, Esc leaves the grid', () => {
    expect(intentOf(key('3'))).toEqual({ kind: 'edit', text: '3' });
    expect(intentOf(key('Enter'))).toEqual({ kind: 'edit', text: null });
    expect(intentOf(key('Delete'))).toEqual({ kind: 'remove' });
    expect(intentOf(key('Escape'))).toEqual({ kind: 'leave' });
    expect(intentOf(key('ArrowLeft'))).toEqual({ kind: 'move', step: 'left', extending: false });
  });

  test('Tab moves to the next cell, with Shift to the one before', () => {
    expect(intentOf(key('Tab'))).toEqual({ kind: 'move', step: 'next', extending: false });
    expect(intentOf(key('Tab', { shiftKey: true }))).toEqual({ kind: 'move', step: 'previous', extending: false });
  });

  test('a digit with Shift names a line, on any layout; where digits need Shift, it is a digit', () => {
    expect(intentOf(key('@', { code: 'Digit2', shiftKey: true }))).toEqual({ kind: 'line', line: 2 });
    expect(intentOf(key('"', { code: 'Digit2', shiftKey: true }))).toEqual({ kind: 'line', line: 2 });
    expect(intentOf(key('2', { code: 'Digit2', shiftKey: true }))).toEqual({ kind: 'edit', text: '2' });
    expect(intentOf(key('^', { code: 'Digit6', shiftKey: true }))).toBeNull();
  });

  test('does not handle the browser’s own shortcuts', () => {
    expect([intentOf(key('1', { ctrlKey: true })), intentOf(key('Tab', { ctrlKey: true })), intentOf(key('a'))]).toEqual([null, null, null]);
  });

  test('commits with Enter and Tab, each in its direction', () => {
    expect([commitStep(key('Enter')), commitStep(key('Tab')), commitStep(key('Tab', { shiftKey: true })), commitStep(key('5'))]).toEqual([
      'down',
      'next',
      'previous',
      null,
    ]);
  });
});
