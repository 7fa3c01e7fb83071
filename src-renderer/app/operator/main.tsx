import '../mantine.css';
import '../fonts.css';
import '../tokens.css';
import '../global.css';
import '../forced-colors.css';
import { createRoot } from 'react-dom/client';
import { startClock } from '#kit/locale/clock.ts';
import { startOutbox } from '#link/outbox.ts';
import { startLanguages } from '../languages/index.ts';
import { OperatorApp } from './OperatorApp.tsx';

startClock();
await startLanguages();
startOutbox();

const root = document.getElementById('root');
if (!root) throw new Error('me.html has no root');
createRoot(root).render(<OperatorApp />);
