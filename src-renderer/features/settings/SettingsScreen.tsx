import { useMay } from '#link/info.ts';
import { Addresses } from './Addresses.tsx';
import { People } from './People.tsx';
import { Sessions } from './Sessions.tsx';
import styles from './Settings.module.css';
import { ThisConsole } from './ThisConsole.tsx';
import { ThresholdsPanel } from './ThresholdsPanel.tsx';
import { Workspace } from './Workspace.tsx';

export function SettingsScreen() {
  const mayChange = useMay('supervisor');
  const mayAdminister = useMay('admin');
  return (
    <div className={styles.screen}>
      {mayChange && <Workspace />}
      <div className={styles.column}>
        {mayChange && <ThresholdsPanel />}
        <ThisConsole />
        <Addresses />
        {!window.switchyard && mayAdminister && <People />}
        {!window.switchyard && <Sessions />}
      </div>
    </div>
  );
}
