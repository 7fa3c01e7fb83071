import './mantine.css';
import './fonts.css';
import './tokens.css';
import './global.css';
import './forced-colors.css';
import { createRoot } from 'react-dom/client';
import { startAlerts } from '#features/alerts/alerts.tsx';
import { startClock } from '#kit/locale/clock.ts';
import { useInfo } from '#link/info.ts';
import { App } from './App.tsx';
import { languages, startLanguages, suggestLanguage } from './languages/index.ts';

startClock();
await startLanguages();
useInfo.subscribe(({ info }) => {
  if (info?.language) suggestLanguage(info.language);
});
const { info } = useInfo.getState();
if (info?.language) suggestLanguage(info.language);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no root');
createRoot(root).render(<App />);
startAlerts(languages.t, () => (languages.language === 'en' ? 'en' : 'ru'));
