import { Button } from '@mantine/core';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../kit/Empty.tsx';

/** Keeps a mistake of ours on one screen from taking the others, the pulse and unsaved edits with it. */
export class Mishap extends Component<{ readonly children: ReactNode }, { readonly failed: string | null }> {
  override state = { failed: null as string | null };

  static getDerivedStateFromError(error: unknown) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo) {
    console.error(error, info.componentStack);
  }

  override render() {
    const { failed } = this.state;
    return failed === null ? this.props.children : <Sorry detail={failed} onAgain={() => this.setState({ failed: null })} />;
  }
}

function Sorry({ detail, onAgain }: { detail: string; onAgain: () => void }) {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <Empty title={t('mishap.title')} action={<Button onClick={onAgain}>{t('mishap.again')}</Button>}>
        {t('mishap.text')} <code>{detail}</code>
      </Empty>
    </div>
  );
}
