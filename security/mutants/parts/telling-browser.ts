import { openBrowser as open } from '../../../src-main/shells/headless/open-browser.ts';

export * from '../../../src-main/shells/headless/open-browser.ts';

let link = '';

export function writeOpener(_file: string, { url }: { url: string }): void {
  link = url;
}

export const openBrowser = (): Promise<boolean> => open(link);
