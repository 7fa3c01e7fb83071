import type { ReactNode } from 'react';

/** Scrollable part without focusable content: it can take the focus itself. */
export function Scrollable({ label, className, testId, children }: { label: string; className: string | undefined; testId?: string; children: ReactNode }) {
  return (
    <section
      className={className}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard
      tabIndex={0} // oxlint-disable-line jsx-a11y/no-noninteractive-tabindex
      aria-label={label}
      data-testid={testId}
    >
      {children}
    </section>
  );
}
