/** Longer than the names that a desk gives. */
const MOST = 300;

/** What a file of somebody else says, for a terminal: one line, and nothing that would move the cursor, hide text or turn its direction. */
export function terminalText(said: string): string {
  const line = said
    .slice(0, MOST)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd')
    .toWellFormed();
  return said.length > MOST ? `${line}…` : line;
}
