/**
 * A `?` for a whole number that SQLite cannot see when it plans. Where it can (`LIMIT ?`, and `column = ?` beside an ORDER BY),
 * it looks whether the number is small, and then plans the statement anew at each run, since the next number may be another.
 */
export const UNSEEN = 'CAST(? AS INTEGER)';
