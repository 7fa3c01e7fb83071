/**
 * An integer parameter that SQLite's planner does not inspect. Where the planner does (`LIMIT ?`, and `column = ?` with an ORDER BY),
 * it tests whether the number is small and then replans the statement at each run, since the next number may differ.
 */
export const UNSEEN = 'CAST(? AS INTEGER)';
