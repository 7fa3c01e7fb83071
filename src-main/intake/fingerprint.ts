/** Tells whether two bodies say the same, however their names are ordered. */
import { createHash } from 'node:crypto';

/** SHA-256 of the value's canonical form. `value` is parsed JSON, or made of such parts; names with undefined do not count. */
export function fingerprint(value: unknown): Uint8Array {
  return createHash('sha256').update(canonical(value)).digest();
}

function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members: string[] = [];
  for (const name of Object.keys(value).sort()) {
    const item = (value as Record<string, unknown>)[name]; // an object from JSON: its names are strings
    if (item !== undefined) members.push(`${JSON.stringify(name)}:${canonical(item)}`);
  }
  return `{${members.join(',')}}`;
}
