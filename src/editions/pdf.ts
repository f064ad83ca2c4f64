/** What the PDF edition is; how it is made, and the libraries for it, are loaded when one is rendered. */
import type { Edition } from './edition.js';

export const edition: Edition = {
  name: 'pdf',
  extension: '.pdf',
  summary: 'pages: tagged PDF, notes at the foot of the page, bookmarks and pins',
  render: async (document, context) => (await import('./pdf/edition.js')).render(document, context),
};
