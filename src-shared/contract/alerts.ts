/** Notifications about figures past their thresholds. The host computes them, so that a hidden console can do without the board. */
import type { Alert } from '../alerts.ts';
import { subscription } from './call.ts';

export const alertCalls = {
  /** Yields each combined notification. */
  alerts: subscription('viewer').answers<readonly Alert[]>(),
};
