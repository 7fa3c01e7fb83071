/**
 * Playwright describes the whole page for its error message each time an assertion looks and does not yet find, also when it finds at the next look
 * (microsoft/playwright#41098; it has no option for it). On a page with thousands of rows that takes seconds, in the page that the test is waiting for.
 * Loaded before Playwright in its workers, but not in the hosts that they start. A failed test still gets one snapshot of its page, which Playwright takes at the end.
 */
import { registerHooks } from 'node:module';

const DESCRIBES = 'ariaSnapshotForExpectFailure(element, options) {';

process.env.NODE_OPTIONS = process.env.NODE_OPTIONS?.replace(`--import ${import.meta.url}`, '').trim();

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!url.endsWith('/playwright-core/lib/coreBundle.js') || !loaded.source) return loaded;
    const source = typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source);
    return { ...loaded, source: source.replace(DESCRIBES, `${DESCRIBES} return;`) };
  },
});
