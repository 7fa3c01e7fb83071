import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { placeOnScreen } from './window-place.ts';

const laptop = { x: 0, y: 0, width: 1440, height: 900 };
const beside = { x: 1440, y: 0, width: 1920, height: 1040 };

test('a window with a reachable title bar stays where it was, also when part of it is beyond the edge', () => {
  for (const window of [
    { x: 60, y: 40, width: 1000, height: 700 },
    { x: 1300, y: 200, width: 1200, height: 700 },
    { x: -900, y: 0, width: 1000, height: 700 },
  ])
    expect(placeOnScreen(window, [laptop])).toEqual(window);
  const there = { x: 2000, y: 100, width: 1200, height: 900 };
  expect(placeOnScreen(there, [laptop, beside])).toEqual(there);
});

test('a window of a disconnected screen moves to the centre of the first one, with its size if it fits', () => {
  expect(placeOnScreen({ x: 2000, y: 100, width: 1200, height: 800 }, [laptop])).toEqual({ x: 120, y: 50, width: 1200, height: 800 });
  expect(placeOnScreen({ x: 5000, y: 100, width: 3840, height: 2160 }, [laptop, beside])).toEqual(laptop);
});

test('a title bar above or below the screen is brought back, and a window larger than the screen is shrunk to it', () => {
  expect(placeOnScreen({ x: 100, y: -400, width: 1000, height: 700 }, [laptop])).toEqual({ x: 100, y: 0, width: 1000, height: 700 });
  expect(placeOnScreen({ x: 100, y: 880, width: 1000, height: 700 }, [laptop])).toEqual({ x: 100, y: 200, width: 1000, height: 700 });
  expect(placeOnScreen({ x: -200, y: -200, width: 3840, height: 2160 }, [laptop])).toEqual(laptop);
});

const px = (min: number, max: number) => fc.integer({ min, max });
const rectangle = fc.record({ x: px(-5000, 5000), y: px(-5000, 5000), width: px(100, 4000), height: px(100, 3000) });

property.prop([rectangle, fc.array(rectangle, { minLength: 1, maxLength: 3 })])('for any screens, part of the title bar is on one of them', (window, areas) => {
  const { x, y, width } = placeOnScreen(window, areas);
  const holds = areas.filter((area) => Math.min(x + width, area.x + area.width) - Math.max(x, area.x) >= 80 && y >= area.y && y + 32 <= area.y + area.height);
  expect(holds).not.toEqual([]);
});
