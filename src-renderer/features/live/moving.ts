/** Which contact of the live screen is about to be given to somebody by its keys. */
import { create } from 'zustand';

export const useAsked = create<{ contact_id: number | null }>(() => ({ contact_id: null }));
export const askWhom = (contact_id: number | null): void => useAsked.setState({ contact_id });
