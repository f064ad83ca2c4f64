/** What the DOCX edition is; how it is made, and the libraries for it, are loaded when one is rendered. */
import type { Edition } from './edition.js';

export const edition: Edition = {
  name: 'docx',
  extension: '.docx',
  summary: 'Word: native footnotes, named styles, real numbering, bookmarks as pins',
  render: async (document, context) => (await import('./docx/edition.js')).render(document, context),
};
