/** Settings of the desktop window on this machine, made there or in its menu; null in a browser and until the host has sent them. */
import { create } from 'zustand';
import type { DesktopChoices, DesktopPatch } from '#shared/contract/desktop.ts';
import { attempt, type Outcome } from './attempt.ts';
import { client } from './client.ts';
import { follow } from './follow.ts';

export const useDesktop = create<{ desktop: DesktopChoices | null }>(() => ({ desktop: null }));

if (window.switchyard) follow((onError) => client.desktop.subscribe(undefined, { onData: (desktop) => useDesktop.setState({ desktop }), onError }));

export const saveDesktop = (patch: DesktopPatch): Promise<Outcome<DesktopChoices>> => attempt((signal) => client.saveDesktop.mutate(patch, { signal }));
