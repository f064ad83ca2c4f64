/**
 * The DOCX edition: a Word file with Word's own footnotes, styles, numbers, bookmarks and fields.
 *
 * It is written by the names of the standard, ECMA-376 (ISO/IEC 29500), transitional: what a library would write
 * by defaults of its own (direct formatting, the clock, chance) is nowhere in it.
 */
import type { Document } from '../../document.js';
import type { Context } from '../edition.js';
import { bodyOf } from './body.js';
import { Element, partOf, relatingPartOf } from './element.js';
import { footnotesOf } from './footnotes.js';
import { refuseForbidden } from './forbidden.js';
import { isRightToLeft } from './languages.js';
import { templateLook, type Look } from './look.js';
import { Notes } from './notes.js';
import { planNumbering } from './numbering.js';
import { packaged, type Part } from './package.js';
import { Bookmarks } from './pins.js';
import { coreXml } from './properties.js';
import { referencesIn } from './references.js';
import { sectionOf } from './section.js';
import type { Writer } from './writer.js';

/** @throws Refusal where the document holds a character that XML forbids, or the house template what is not taken */
export async function render(document: Document, context: Context): Promise<Uint8Array> {
  refuseForbidden(document);
  const { template } = context;
  const look = await lookOf(document, context);
  const bookmarks = new Bookmarks();
  const writer: Writer = {
    document,
    template,
    textWidth: look.textWidth,
    numbering: planNumbering(document, look.lists),
    bookmarks,
    references: referencesIn(document),
    notes: new Notes(document, bookmarks),
  };
  // First the body: its calls give the notes their numbers.
  const body = bodyOf(writer, document);
  const notes = footnotesOf(writer, context.warn);
  const section = sectionOf(look.page, look.running, isRightToLeft(document.language));
  const parts: Part[] = [
    { name: 'styles.xml', kind: 'styles', content: look.styles },
    { name: 'numbering.xml', kind: 'numbering', content: writer.numbering.xml },
    { name: 'settings.xml', kind: 'settings', content: partOf('w:settings', look.settings) },
    { name: 'footnotes.xml', kind: 'footnotes', content: partOf('w:footnotes', notes.map(look.styled)) },
    ...new Set(look.running.map(({ part }) => part)),
    ...look.parts,
  ];
  return packaged({
    core: coreXml(document, context),
    document: relatingPartOf('w:document', [new Element('w:body', {}, [...body.map(look.styled), section])]),
    parts,
  });
}

async function lookOf(document: Document, { template, asset }: Context): Promise<Look> {
  const { house } = template.docx;
  const look = templateLook(document, template);
  if (house === '') return look;
  // Few templates name one, and it takes a reader of archives.
  const { houseLook } = await import('./house/look.js');
  return houseLook(document, template, look, await asset(house));
}
