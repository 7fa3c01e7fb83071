import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBoundary } from '#kit/notices/ErrorBoundary.tsx';

/** Error boundary of overlays: the error is also shown over the screen, and can be dismissed. */
export function Aside({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <ErrorBoundary
      around={(sorry) => (
        <Modal opened onClose={onClose} closeButtonProps={{ 'aria-label': t('common.close') }}>
          {sorry}
        </Modal>
      )}
    >
      {children}
    </ErrorBoundary>
  );
}
