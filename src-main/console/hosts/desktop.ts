import { latest } from '#console/follow.ts';
import type { HostParts } from '#console/parts.ts';
import type { HostOf } from '#shared/contract/call.ts';
import type { desktopCalls } from '#shared/contract/desktop.ts';
import { fail } from '#shared/contract/problems.ts';

const noWindow = fail('not_allowed', 'This console runs in a browser: there is no window with such settings.');

export const desktopHost = ({ desktop }: HostParts): HostOf<typeof desktopCalls> => ({
  desktop: (_principal, _input, signal) =>
    latest(
      (listener) => desktop?.watchDesktop(listener) ?? (() => {}),
      () => desktop?.desktop() ?? null,
      signal,
    ),
  saveDesktop: (_principal, patch) => desktop?.saveDesktop(patch) ?? noWindow,
});
