import type { HostParts } from '#console/parts.ts';
import type { backupCalls } from '#shared/contract/backups.ts';
import type { HostOf } from '#shared/contract/call.ts';

export const backupHost = ({ backups, asOfNow }: HostParts): HostOf<typeof backupCalls> => ({
  backups: () => backups.list(),
  backUpNow: () => asOfNow(backups.backUpNow()),
  restoreBackup: ({ actor }, input) => asOfNow(backups.restore(actor, input)),
  setSecondBackupFolder: (_principal, { folder }) => asOfNow(backups.setSecondFolder(folder)),
});
