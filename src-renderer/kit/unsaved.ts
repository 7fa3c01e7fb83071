/** What was typed into cells of tables and is not saved. It outlives its cell: rows scroll out of sight, and screens change. */
export interface Unsaved {
  readonly text: string;
  /** why it was not saved, in the reader's words */
  readonly refusal: string;
}

const kept = new Map<string, Unsaved>();

export const unsavedOf = (id: string): Unsaved | null => kept.get(id) ?? null;

/** Null: there is nothing any more. */
export function keepUnsaved(id: string, unsaved: Unsaved | null): void {
  if (unsaved) kept.set(id, unsaved);
  else kept.delete(id);
}
