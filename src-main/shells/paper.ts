/** Print options for console pages; paper size and margins come from the page's style sheet. Electron and Chromium's `Page.printToPDF` take the same options. */
export const PAPER = {
  printBackground: true,
  preferCSSPageSize: true,
  landscape: true,
  displayHeaderFooter: true,
  headerTemplate: '<span></span>',
  /** page number and page count */
  footerTemplate:
    '<div style="width:100%;margin:0 10mm;font:8px sans-serif;color:#555;text-align:right"><span class="pageNumber"></span> / <span class="totalPages"></span></div>',
};
