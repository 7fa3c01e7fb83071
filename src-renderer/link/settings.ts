/** Settings of the whole workspace: a part of the board. */
import type { Settings } from '#shared/contract/settings.ts';
import { useBoard } from './board.ts';

export const useSettings = (): Settings => useBoard((board) => board.settings);
