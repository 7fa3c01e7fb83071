import { Button } from '@mantine/core';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '#kit/layout/Empty.tsx';
import { PartMissing } from '#kit/navigation/lazy.tsx';

interface ErrorBoundaryProps {
  readonly children: ReactNode;
  /** where to show the error, when not in place */
  readonly around?: (sorry: ReactNode) => ReactNode;
}

/** Error boundary: confines a bug, or a chunk that could not be loaded, to one place, so that the rest, the pulse and unsaved edits survive. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly failed: unknown }> {
  override state = { failed: null as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { failed: error ?? 'unknown' };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo) {
    console.error(error, info.componentStack);
  }

  override render() {
    const { failed } = this.state;
    if (failed === null) return this.props.children;
    const again = () => this.setState({ failed: null });
    const sorry = (
      <div role="alert">
        {failed instanceof PartMissing ? <Missing /> : <Sorry detail={failed instanceof Error ? failed.message : JSON.stringify(failed)} onAgain={again} />}
      </div>
    );
    return this.props.around?.(sorry) ?? sorry;
  }
}

function Sorry({ detail, onAgain }: { detail: string; onAgain: () => void }) {
  const { t } = useTranslation();
  return (
    <Empty title={t('mishap.title')} action={<Button onClick={onAgain}>{t('mishap.again')}</Button>}>
      {t('mishap.text')} <code>{detail}</code>
    </Empty>
  );
}

function Missing() {
  const { t } = useTranslation();
  return (
    <Empty title={t('mishap.missing')} action={<Button onClick={() => location.reload()}>{t('status.reload')}</Button>}>
      {t('mishap.missing_text')}
    </Empty>
  );
}
