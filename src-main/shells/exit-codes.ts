/** Exit codes; 0 after a clean exit. Part of the interface for scripts, never renumbered. */
export const EXIT = { failure: 1, usage: 2, already_running: 3, port_taken: 4, database_refused: 5, restore_failed: 6, not_ours: 7 } as const;
