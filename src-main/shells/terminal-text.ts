/** Longer than any name in a desk. */
const MOST = 300;

/** Text from a foreign file, made safe for a terminal: one line, and no characters that move the cursor, hide text or change its direction. */
export function terminalText(said: string): string {
  const line = said
    .slice(0, MOST)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd')
    .toWellFormed();
  return said.length > MOST ? `${line}…` : line;
}
