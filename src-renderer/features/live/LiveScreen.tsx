import styles from './Live.module.css';
import { Operators } from './Operators.tsx';
import { Queue } from './Queue.tsx';
import { Recent } from './Recent.tsx';

/** The shift at a glance: everyone on it, who waits and why, and what was decided last. */
export function LiveScreen() {
  return (
    <div className={styles.screen}>
      <Operators />
      <Queue />
      <Recent />
    </div>
  );
}
