import { type AlertSettings, defaultAlertSettings } from '#shared/thresholds.ts';

/** What the workspace has settled about thresholds and alerts. */
export const alertSettings = (): AlertSettings => defaultAlertSettings;
export const useAlertSettings = (): AlertSettings => defaultAlertSettings;
