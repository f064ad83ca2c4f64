/**
 * The list of editions. To add one: write its file beside this one (it exports `edition`), add its line here.
 * The contract tests then run on it by themselves.
 */
import type { Edition } from './edition.js';

export const shelf: Readonly<Record<string, () => Promise<{ readonly edition: Edition }>>> = {
  md: () => import('./markdown.js'),
  pdf: () => import('./pdf/edition.js'),
  docx: () => import('./docx/edition.js'),
  csv: () => import('./csv.js'),
  json: () => import('./json.js'),
};

export const editionNames: readonly string[] = Object.keys(shelf);
