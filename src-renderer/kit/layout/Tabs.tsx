import type { ReactNode } from 'react';
import styles from './Tabs.module.css';

interface Tab {
  readonly key: string;
  readonly href: string;
  readonly label: ReactNode;
  readonly isCurrent: boolean;
}

interface TabsProps {
  readonly tabs: readonly Tab[];
  /** accessible name of the list, unless its surroundings give one */
  readonly label?: string;
  /** value of aria-current on the current tab */
  readonly current?: 'page' | 'true';
}

/** Tabs for views of the same thing, each with an address of its own. */
export function Tabs({ tabs, label, current = 'true' }: TabsProps) {
  return (
    <ul className={styles.tabs} aria-label={label}>
      {tabs.map(({ key, href, label: words, isCurrent }) => (
        <li key={key}>
          <a href={href} aria-current={isCurrent ? current : undefined}>
            {words}
          </a>
        </li>
      ))}
    </ul>
  );
}
