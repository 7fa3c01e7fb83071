/** The operators that the next action applies to. */
import { createMarks } from '#kit/table/marks.ts';

export const { useMarks, mark, markAll, clearMarks, goTo, keepOnly, meant } = createMarks();
