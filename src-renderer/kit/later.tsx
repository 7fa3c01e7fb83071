/** Parts of the page that are files of their own, fetched when they are wanted or in an idle moment before. */
import { type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react';
import { linkUp } from '../link/connection.ts';

/** A part could not be had though the host is there: it gives out another version of the page by now. */
export class PartMissing extends Error {}

/** Waits for a host that is away. @throws PartMissing */
export async function part<T>(fetch: () => Promise<T>): Promise<T> {
  try {
    return await fetch().catch(() => linkUp().then(fetch));
  } catch (cause) {
    throw new PartMissing('a part of the page could not be fetched', { cause });
  }
}

interface Later<P> {
  readonly Part: ComponentType<P>;
  /** beforehand, for when it is wanted */
  readonly fetch: () => Promise<unknown>;
}

/**
 * What has been fetched beforehand is there at once: React would show nothing first, for the 300 ms that it leaves between two such sights.
 * What could not be had throws `PartMissing` where it is shown, and is asked for again the next time that it is put there.
 * @param meanwhile takes its place until it is there
 */
export function later<P extends object>(fetch: () => Promise<ComponentType<P>>, meanwhile?: ReactNode): Later<P> {
  let found: ComponentType<P> | undefined;
  const find = async () => (found ??= await part(fetch));
  function Part(props: P) {
    const [Shown] = useState((): ComponentType<P> => found ?? (lazy(async () => ({ default: await find() })) as unknown as ComponentType<P>)); // it takes the same props
    return (
      <Suspense fallback={meanwhile}>
        <Shown {...props} />
      </Suspense>
    );
  }
  return { Part, fetch: find };
}
