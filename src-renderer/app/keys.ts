/**
 * Global keyboard shortcuts, by key position, so that they are the same in a Russian layout. What a letter does in a row is
 * defined by the row itself: the letter clicks the element marked with its attribute.
 */
import { useEffect } from 'react';
import { create } from 'zustand';
import { enterWallboard } from '#features/wallboard/enter.ts';
import { go, screens } from '#kit/navigation/route.ts';
import { goToList } from '#kit/table/to-list.ts';
import { clickingKeys } from '#shared/keys.ts';
import { clickInRow, clickOnScreen, isAllowed, moveRow } from './rows.ts';

const KEPT_AS = 'switchyard.single_keys';

/** Single-letter shortcuts can be switched off (WCAG 2.1.4), since dictation triggers them. */
export const useSingleKeys = create<{ on: boolean; set: (on: boolean) => void }>((set) => ({
  on: localStorage.getItem(KEPT_AS) !== 'off',
  set: (on) => {
    localStorage.setItem(KEPT_AS, on ? 'on' : 'off');
    set({ on });
  },
}));

/** What a key clicks in the focused row, or on the screen when the marked element there acts on rows. */
const IN_ROW: Readonly<Record<string, string>> = Object.fromEntries(clickingKeys.map(({ code, attribute }) => [code, `[${attribute}]`]));

export interface Askers {
  readonly showHelp: () => void;
  readonly openPalette: () => void;
}

/** While an overlay is open, only the letters that it marks itself work. */
const dialogOnTop = (): Element | undefined => [...document.querySelectorAll('[role="dialog"]')].at(-1);

/** Whether typing here enters text. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"], [role="listbox"]')) return true;
  return !['KeyU', 'Slash'].includes(event.code) && target?.closest('[role="grid"]') != null; // a grid handles digits and arrows itself
}

/** Esc leaves a field, so that the shortcuts of the screen and of the list below work again. */
function leaveField(event: KeyboardEvent): void {
  if (!event.defaultPrevented && event.target instanceof HTMLInputElement && event.target.type !== 'checkbox') goToList();
}

const isQuestion = (event: KeyboardEvent) => event.key === '?' || (event.code === 'Slash' && event.shiftKey);

/** The latest undo button that is still on the screen. */
function undo(within: ParentNode = document): boolean {
  const last = [...within.querySelectorAll<HTMLElement>('[data-undo]')].at(-1);
  last?.click();
  return last !== undefined;
}

/** The screen's search field; without one, the palette opens. */
function search(openPalette: () => void): void {
  const field = document.querySelector<HTMLInputElement>('main [data-search]');
  if (field) field.select();
  else openPalette();
  field?.focus();
}

/** While a draft waits to be applied, a digit is more likely meant for it than for a screen. */
const hasDraft = (): boolean => document.querySelector('main [data-draft]') !== null;

/** Enter and Space click the focused element anyway, so they stay when single letters are switched off. */
const isSingle = ({ code }: KeyboardEvent) => !['Enter', 'NumpadEnter', 'Space'].includes(code);

function actIn(dialog: Element, event: KeyboardEvent): boolean {
  const marked = IN_ROW[event.code];
  if (!isSingle(event)) return false;
  if (event.code === 'KeyU') return undo(dialog);
  const found = marked === undefined ? undefined : [...dialog.querySelectorAll<HTMLElement>(`${marked}:not(:disabled)`)].find(isAllowed);
  found?.click();
  return found !== undefined;
}

function act(event: KeyboardEvent, { showHelp, openPalette }: Askers): boolean {
  const { code } = event;
  const dialog = dialogOnTop();
  if (dialog) return actIn(dialog, event);
  const digit = /^Digit([1-9])$/.exec(code)?.[1];
  const screen = digit && !event.shiftKey && !hasDraft() ? screens[Number(digit) - 1] : undefined;
  const inRow = IN_ROW[code === 'NumpadEnter' ? 'Enter' : code];
  if (isQuestion(event)) showHelp();
  else if (screen) go(screen);
  else if (code === 'Slash' || event.key === '/')
    search(openPalette); // the character is on another key in a Russian layout
  else if (code === 'KeyJ') moveRow(1);
  else if (code === 'KeyK') moveRow(-1);
  else if (code === 'KeyU') return undo();
  else return inRow !== undefined && (clickInRow(inRow, event.shiftKey) || (isSingle(event) && clickOnScreen(inRow)));
  return true;
}

/** Shortcuts that are not single letters, hence never typed by accident: they work in fields, too. */
function actAnywhere(event: KeyboardEvent, { openPalette }: Askers): boolean {
  if (event.code === 'F11' && !event.shiftKey) enterWallboard();
  else if (event.code === 'KeyK' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) openPalette();
  else if (event.code === 'Comma' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) go('settings');
  else return false;
  return true;
}

/** The desktop shell's application menu sends this window event to trigger what a shortcut would do. */
const COMMAND = 'switchyard-command';

/** Handles all keys of `keys.ts` while the component is mounted. */
export function useKeys(askers: Askers): void {
  const { showHelp, openPalette } = askers;
  useEffect(() => {
    const ask = { showHelp, openPalette };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') leaveField(event);
      else if (actAnywhere(event, ask)) event.preventDefault();
      else if (!isTaken(event) && (useSingleKeys.getState().on || !isSingle(event)) && act(event, ask)) event.preventDefault();
    };
    const onCommand = (event: Event) => {
      const asked: unknown = event instanceof CustomEvent ? event.detail : null;
      if (asked === 'keys') showHelp();
      else if (asked === 'palette') openPalette();
      else if (asked === 'wallboard') enterWallboard();
      else if (typeof asked === 'string' && asked.startsWith('#/')) location.hash = asked;
    };
    document.addEventListener('keydown', onKey);
    window.addEventListener(COMMAND, onCommand);
    return () => {
      document.removeEventListener('keydown', onKey);
      window.removeEventListener(COMMAND, onCommand);
    };
  }, [showHelp, openPalette]);
}
