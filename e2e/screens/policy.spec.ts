/** What the console's page may never do: the browser enforces the page's policy, which has no exceptions. */
import type { Page } from '@playwright/test';
import { expect, openConsole, test } from '../harness/desk.ts';
import { fillWith, HOSTILE, tourOf } from '../harness/hostile.ts';

const complaintsOf = (page: Page): string[] => {
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  return said;
};

test('the browser blocks everything except the page’s own files: inline scripts and styles, and everything from elsewhere', async ({ desk, context }) => {
  await desk.operator('Анна');
  const page = await context.newPage(); // the fixture's page fails a test when the policy blocks anything
  const said = complaintsOf(page);
  await openConsole(page, desk);
  expect(said.filter((text) => text.includes('Content Security Policy'))).toEqual([]);

  await page.evaluate(() => {
    const directives: string[] = [];
    Reflect.set(window, 'refused', directives);
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => directives.push(effectiveDirective));
    const put = (tag: string, attributes: Record<string, string>, text = '') => {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      element.textContent = text;
      document.body.append(element);
    };
    put('style', {}, 'body { color: red }');
    put('style', { nonce: 'guessed' }, 'body { color: red }');
    put('p', { style: 'color: red' });
    put('script', {}, 'window.stranger = 1');
    put('script', { src: 'https://example.com/x.js' });
    put('img', { src: 'https://example.com/x.png' });
    put('iframe', { src: 'https://example.com/' });
    put('button', { onclick: 'window.stranger = 1' });
    document.body.lastElementChild?.dispatchEvent(new MouseEvent('click'));
    fetch('https://example.com/').catch(() => undefined);
    const form = Object.assign(document.createElement('form'), { action: 'https://example.com/', method: 'post' });
    document.body.append(form);
    form.submit();
  });
  await expect
    .poll(() => page.evaluate(() => (Reflect.get(window, 'refused') as string[]).toSorted()))
    .toEqual([
      'connect-src',
      'form-action',
      'frame-src',
      'img-src',
      'script-src-attr',
      'script-src-elem',
      'script-src-elem',
      'style-src-attr',
      'style-src-elem',
      'style-src-elem',
    ]);
  const { ran, color } = await page.evaluate(() => ({ ran: Reflect.get(window, 'stranger') ?? null, color: getComputedStyle(document.body).color }));
  expect(ran).toBe(null);
  expect(color).not.toBe('rgb(255, 0, 0)');
});

test('the page has a new nonce in each response, and no policy allows inline code', async ({ desk, console }) => {
  await expect(console.locator('style[data-mantine-styles]').first()).toBeAttached();
  const address = `${desk.host.ready.apiUrl}/console/`;
  const policies = [];
  for (const path of ['', '', 'index.html']) {
    const response = await console.request.get(address + path);
    const policy = response.headers()['content-security-policy'] ?? '';
    const nonce = /'nonce-([\w-]{22})'/.exec(policy)?.[1] ?? 'none';
    expect(await response.text()).toContain(`nonce="${nonce}"`);
    policies.push(policy);
  }
  expect(new Set(policies).size).toBe(3);
  const stranger = await fetch(`${address}?token=spent`);
  expect(stranger.status).toBe(403);
  for (const policy of [...policies, stranger.headers.get('content-security-policy') ?? '']) {
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[\w-]{22}';/);
    expect(policy).not.toContain('unsafe');
  }
});

for (const [n, text] of HOSTILE.entries())
  test(`a hostile text stays text on every screen (${n + 1})`, async ({ desk, console }) => {
    await fillWith(text, (method, path, body) => desk.host.api(method, path, body));
    expect(await tourOf(console, text)).toEqual([]);
    await console.goto(`${desk.host.ready.apiUrl}/console/#/live`);
    await console.getByTestId('recent').getByRole('button', { name: 'Почему' }).last().click();
    await expect(console.getByRole('dialog')).toContainText(text);
    expect(await console.evaluate(() => Reflect.get(window, 'stranger') ?? null)).toBe(null);
  });

test('the documentation page works within its policy as well', async ({ desk, page }) => {
  await page.goto(`${desk.host.ready.apiUrl}/docs`);
  await page.getByText('Submit a contact').first().click();
  await expect(page.getByRole('button', { name: 'Try it out' })).toBeVisible(); // this fixture's page fails the test when the policy blocks anything
});
