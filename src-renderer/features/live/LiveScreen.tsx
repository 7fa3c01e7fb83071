import { useTranslation } from 'react-i18next';
import { OperatorPicker } from '#kit/board/OperatorPicker.tsx';
import { useWork } from '#kit/board/useWork.ts';
import { useBoard } from '#link/board.ts';
import styles from './Live.module.css';
import { askWhom, useAsked } from './moving.ts';
import { Operators } from './Operators.tsx';
import { Queue } from './Queue.tsx';
import { Recent } from './Recent.tsx';

const nothing = () => undefined; // the board shows the outcome

/** The live screen: operators, the queue with its reasons, and the latest decisions. */
export function LiveScreen() {
  const { t } = useTranslation();
  const asked = useAsked((state) => state.asked);
  const source_id = useBoard(({ queue, recent }) => [...queue, ...recent].find(({ contact_id }) => contact_id === asked?.contact_id)?.source_id);
  const { move } = useWork(nothing);
  return (
    <div className={styles.screen}>
      <Operators onDrop={move} />
      <Queue />
      <Recent />
      {asked !== null && (
        <OperatorPicker
          title={t('contacts.reassign_title', { count: 1 })}
          count={1}
          source_id={source_id}
          onClose={() => askWhom(null)}
          onPick={(operator_id) => {
            askWhom(null);
            void move([asked.contact_id], operator_id, asked.at);
          }}
        />
      )}
    </div>
  );
}
