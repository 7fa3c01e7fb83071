/**
 * A `?` for a whole number that SQLite cannot see when it plans. Where it can (`LIMIT ?`, and `column = ?` when there are other ways to the rows),
 * it looks whether the number is 0, 1 or large, and then plans the statement anew at each run, since the next number may be another.
 */
export const UNSEEN = 'CAST(? AS INTEGER)';
