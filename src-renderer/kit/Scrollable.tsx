import type { ReactNode } from 'react';

/** A part that scrolls and has nothing in it to focus: the keyboard reaches it by itself. */
export function Scrollable({ label, className, testId, children }: { label: string; className: string | undefined; testId?: string; children: ReactNode }) {
  return (
    <section
      className={className}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
      tabIndex={0} // oxlint-disable-line jsx-a11y/no-noninteractive-tabindex
      aria-label={label}
      data-testid={testId}
    >
      {children}
    </section>
  );
}
