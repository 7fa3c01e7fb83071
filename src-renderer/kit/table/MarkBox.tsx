import styles from './Marks.module.css';

interface MarkBoxProps {
  readonly label: string;
  readonly isMarked: boolean;
  /** `through`: with all rows up to the one marked before */
  readonly onMark: (on: boolean, through: boolean) => void;
}

/** The first cell of a row that can be marked. */
export function MarkCell({ className, ...box }: MarkBoxProps & { className?: string | undefined }) {
  return (
    <td className={`${styles.mark} ${className ?? ''}`}>
      <MarkBox {...box} isOfRow />
    </td>
  );
}

/** The head above them, which marks all rows, or none. */
export function MarkHead(box: MarkBoxProps) {
  return (
    <th scope="col" className={styles.mark}>
      <MarkBox {...box} isOfRow={false} />
    </th>
  );
}

function MarkBox({ label, isMarked, onMark, isOfRow }: MarkBoxProps & { isOfRow: boolean }) {
  return (
    <input
      type="checkbox"
      data-needs="supervisor"
      data-select={isOfRow ? '' : undefined}
      aria-label={label}
      checked={isMarked}
      onChange={() => undefined}
      onClick={(event) => onMark(!isMarked, event.shiftKey)}
    />
  );
}
