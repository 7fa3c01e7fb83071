/**
 * What the console's page may do, in both shells: load our own files and talk to its host. Styles may be inline because
 * the UI kit writes <style> elements; scripts may not. In CSP 3 'self' covers the WebSocket of the same address too.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
