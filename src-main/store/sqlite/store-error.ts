/** The database cannot be used as it is; `message` says what to do. */
export class StoreError extends Error {}
