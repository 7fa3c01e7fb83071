/** Lazily loaded chunks of the page, fetched on demand or beforehand in an idle moment. */
import { type ComponentType, type ReactNode, lazy as reactLazy, Suspense, useState } from 'react';
import { linkUp } from '#link/connection.ts';

/** A chunk could not be loaded although the host is up: it now serves another version of the page. */
export class PartMissing extends Error {}

/** Loads a chunk, waiting while the host is unreachable. @throws PartMissing */
export async function part<T>(fetch: () => Promise<T>): Promise<T> {
  try {
    return await fetch().catch(() => linkUp().then(fetch));
  } catch (cause) {
    throw new PartMissing('a part of the page could not be fetched', { cause });
  }
}

interface Lazy<P> {
  readonly Part: ComponentType<P>;
  /** prefetches */
  readonly fetch: () => Promise<unknown>;
}

/**
 * A prefetched chunk renders at once; React would first show nothing, for the 300 ms it leaves between two fallbacks.
 * A chunk that failed throws `PartMissing` where it is rendered, and is fetched again on the next mount.
 * @param meanwhile fallback until it is loaded
 */
export function lazy<P extends object>(fetch: () => Promise<ComponentType<P>>, meanwhile?: ReactNode): Lazy<P> {
  let found: ComponentType<P> | undefined;
  const find = async () => (found ??= await part(fetch));
  function Part(props: P) {
    const [Shown] = useState((): ComponentType<P> => found ?? (reactLazy(async () => ({ default: await find() })) as unknown as ComponentType<P>)); // it has the same props
    return (
      <Suspense fallback={meanwhile}>
        <Shown {...props} />
      </Suspense>
    );
  }
  return { Part, fetch: find };
}
