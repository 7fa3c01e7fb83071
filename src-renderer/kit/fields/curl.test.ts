import { expect, test } from 'vitest';
import en from '../../app/languages/en.json' with { type: 'json' };
import ru from '../../app/languages/ru.json' with { type: 'json' };
import { curlLine } from './curl.ts';

test('a curl line passes the key outside the arguments of curl, and has the type, an Idempotency-Key and a body in single quotes', () => {
  expect(curlLine({ api_url: 'http://127.0.0.1:8000', fingerprint: null }, 'KEY', { name: 'Ivan', message: 'Hello' }, 'first-1')).toBe(
    `printf 'Authorization: Bearer KEY' | curl --retry 5 --retry-connrefused 'http://127.0.0.1:8000/contacts' \\
  -H @- \\
  -H 'Content-Type: application/json' \\
  -H 'Idempotency-Key: first-1' \\
  -d '{"phone":"+79001234567","name":"Ivan","message":"Hello"}'`,
  );
});

test('the texts of both languages fit in single quotes', () => {
  for (const { curl } of [ru, en])
    expect(() =>
      curlLine({ api_url: 'http://127.0.0.1:8000', fingerprint: null }, 'KEY', { name: curl.lead_name, message: curl.lead_message }, '1'),
    ).not.toThrow();
});
