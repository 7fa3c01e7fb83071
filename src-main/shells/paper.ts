/** How a page of the console is printed: its own style sheet says the paper and its margins. What Electron takes is what Chromium's `Page.printToPDF` takes. */
export const PAPER = {
  printBackground: true,
  preferCSSPageSize: true,
  landscape: true,
  displayHeaderFooter: true,
  headerTemplate: '<span></span>',
  /** which page of how many it is */
  footerTemplate:
    '<div style="width:100%;margin:0 10mm;font:8px sans-serif;color:#555;text-align:right"><span class="pageNumber"></span> / <span class="totalPages"></span></div>',
};
