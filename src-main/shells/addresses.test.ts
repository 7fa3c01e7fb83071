import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import { addressesOf, readAllowedHost } from './addresses.ts';

describe('--allow-host', () => {
  test.each([
    ['desk.example.com', { name: 'desk.example.com', port: null }],
    ['Desk.Example.COM:443', { name: 'desk.example.com', port: 443 }],
    ['pc_anna', { name: 'pc_anna', port: null }],
    ['localhost:8000', { name: 'localhost', port: 8000 }],
    ['192.168.1.5:8000', { name: '192.168.1.5', port: 8000 }],
    ['[FD00::2]', { name: '[fd00::2]', port: null }],
    ['пульт.рф', { name: 'xn--k1ahkc0c.xn--p1ai', port: null }],
  ])('%s is accepted as browsers send it', (text, allowed) => {
    expect(readAllowedHost(text)).toEqual(allowed);
  });

  test.each([
    '',
    '*',
    '*.example.com',
    'https://desk.example.com',
    'desk.example.com/x',
    'desk:0',
    'desk:65536',
    'desk:',
    'a b',
    'user@desk',
    '[fd00::2',
    '[x]',
    '-x',
    'fd00::2',
  ])('%j is refused', (text) => {
    expect(readAllowedHost(text)).toBeNull();
  });
});

describe('the addresses of a desk', () => {
  const of = (host: string | undefined, names: string[] = [], isEncrypted = host !== undefined) =>
    addressesOf({ host, port: 8000, isEncrypted, allowedHosts: names.map((name) => readAllowedHost(name)).filter((one) => one !== null) });

  test('on loopback are one address, and those of its proxies', () => {
    expect(of(undefined)).toEqual({ local: 'http://127.0.0.1:8000', public: 'http://127.0.0.1:8000', others: [] });
    expect(of('localhost', ['desk.example.com', 'pc:9000'], false)).toEqual({
      local: 'http://127.0.0.1:8000',
      public: 'http://127.0.0.1:8000',
      others: ['https://desk.example.com', 'http://pc:9000'],
    });
  });

  test('beyond it are what other machines can reach, a name first', () => {
    expect(of('192.168.1.5')).toEqual({ local: 'https://192.168.1.5:8000', public: 'https://192.168.1.5:8000', others: [] });
    expect(of('fd00::2').public).toBe('https://[fd00::2]:8000');
    expect(of('0.0.0.0', ['pc-anna', 'desk.example.com:443'])).toEqual({
      local: 'https://127.0.0.1:8000',
      public: 'https://pc-anna:8000',
      others: ['https://desk.example.com:443'],
    });
    expect(of('0.0.0.0', ['localhost:8000'], false).public).toBe('http://localhost:8000');
  });

  test('on every address never are one of loopback where the computer has another', () => {
    const outer = Object.values(networkInterfaces()).flatMap((list = []) => list.filter(({ internal, scopeid }) => !internal && !scopeid));
    const { hostname } = new URL(of('0.0.0.0').public);
    expect(outer.length === 0 ? ['127.0.0.1'] : outer.map(({ address }) => (address.includes(':') ? `[${address}]` : address))).toContain(hostname);
  });
});
