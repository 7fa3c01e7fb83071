/** The keys that work everywhere. By their place on the keyboard, so that a Russian layout has the same ones. */
import { useEffect, useState } from 'react';
import { go, screens } from '../kit/route.ts';
import { clickInRow, moveRow } from './rows.ts';

/** Where what is typed is text, or a dialog has the floor. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  if (document.querySelector('[role="dialog"]')) return true;
  const target = event.target instanceof Element ? event.target : null;
  return target?.closest('input:not([type="checkbox"]), textarea, select, [contenteditable="true"], [role="grid"], [role="listbox"]') != null;
}

/** Esc leaves a field, so that the keys of the screens work again. */
function leaveField(event: KeyboardEvent): void {
  if (!event.defaultPrevented && event.target instanceof HTMLInputElement && event.target.type !== 'checkbox') event.target.blur();
}

const isQuestion = (event: KeyboardEvent) => event.key === '?' || (event.code === 'Slash' && event.shiftKey);

function act(event: KeyboardEvent, showHelp: () => void): boolean {
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  const screen = digit && !event.shiftKey ? screens[Number(digit) - 1] : undefined;
  if (isQuestion(event)) showHelp();
  else if (screen) go(screen);
  else if (event.code === 'KeyJ') moveRow(1);
  else if (event.code === 'KeyK') moveRow(-1);
  else if (event.key === 'Enter') return clickInRow('[data-open]');
  else if (event.key === ' ') return clickInRow('[data-toggle]');
  else return false;
  return true;
}

export function useKeys() {
  const [helpShown, setHelp] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') leaveField(event);
      else if (!isTaken(event) && act(event, () => setHelp(true))) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return { helpShown, showHelp: () => setHelp(true), hideHelp: () => setHelp(false) };
}
