/** The record without that key. */
export function omit<T>(record: Readonly<Record<string, T>>, key: string | number): Record<string, T> {
  const rest = { ...record };
  delete rest[key];
  return rest;
}
