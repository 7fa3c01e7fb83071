import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const scale: Readonly<Record<string, ReadonlySet<string>>> = {
  'font-size': new Set(['12px', '14px', '18px', '32px', '48px', 'inherit']),
  'font-weight': new Set(['400', '500', '600', 'inherit']),
  'border-radius': new Set(['0', '4px', '8px', '99px', '50%', 'inherit']), // 99px: as round as it is high
};

/** Sizes, weights and radii outside the scale. Printed pages, and the digits of the pulse and the wallboard, which follow the screen, have their own. */
function strangers(css: string): string[] {
  const onScreen = css.replace(/@media print \{[\s\S]*?\n\}/g, '');
  return [...onScreen.matchAll(/(font-size|font-weight|border-radius): ([^;]+);/g)].flatMap(([all, property = '', value = '']) =>
    /^(min|clamp)\(/.test(value) || value.split(' ').every((part) => scale[property]?.has(part)) ? [] : [all],
  );
}

test('style sheets use only the sizes, weights and radii of the scale', () => {
  const folder = join(import.meta.dirname, '..');
  const files = globSync('**/*.css', { cwd: folder }).filter((file) => !file.includes('wallboard') && !file.endsWith('fonts.css'));
  expect(files.length).toBeGreaterThan(40);
  expect(files.flatMap((file) => strangers(readFileSync(join(folder, file), 'utf8')).map((found) => `${file}: ${found}`))).toEqual([]);
});

test('a size of its own is found, unless it is for paper', () => {
  expect(strangers('.a { font-size: 13px; border-radius: 4px 0; }\n@media print {\n  .a {\n    font-size: 11px;\n  }\n}\n.b { font-weight: 700; }')).toEqual([
    'font-size: 13px;',
    'font-weight: 700;',
  ]);
});
