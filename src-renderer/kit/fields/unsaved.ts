/** Unsaved input of table cells. It outlives its cell, since rows scroll out of view and screens change. */
export interface Unsaved {
  readonly text: string;
  /** why it was not saved, in the reader's words */
  readonly refusal: string;
}

const kept = new Map<string, Unsaved>();

/** Unsaved input of the form with this id. */
export const unsavedOf = (id: string): Unsaved | null => kept.get(id) ?? null;

/** Null clears it. */
export function keepUnsaved(id: string, unsaved: Unsaved | null): void {
  if (unsaved) kept.set(id, unsaved);
  else kept.delete(id);
}
