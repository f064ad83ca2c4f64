/** Blocks that are read by themselves, wherever they stand in a Markdown tree: notes, tables, the texts of a note. */
import type { FootnoteDefinition, RootContent, Table as MdastTable } from 'mdast';
import { piecesOfCell } from './cells.js';
import { codePieces, htmlPieces } from './code.js';
import { hasInk } from './ink.js';
import type { Ledger } from './ledger.js';
import { endOf, piecesOf, startOf, type Piece } from './phrasing.js';

/** The definitions of notes, wherever they stand. */
export function definitionsIn(blocks: readonly RootContent[]): FootnoteDefinition[] {
  return blocks.flatMap((block): FootnoteDefinition[] => {
    if (block.type === 'footnoteDefinition') return [block, ...definitionsIn(block.children)];
    return block.type === 'blockquote' || block.type === 'list' || block.type === 'listItem'
      ? definitionsIn(block.children)
      : [];
  });
}

/** Tables outside notes. */
export function tablesIn(blocks: readonly RootContent[]): MdastTable[] {
  return blocks.flatMap((block): MdastTable[] => {
    if (block.type === 'table') return [block];
    return block.type === 'blockquote' || block.type === 'list' || block.type === 'listItem'
      ? tablesIn(block.children)
      : [];
  });
}

export interface NoteLine {
  readonly pieces: readonly Piece[];
  readonly label: { start: number; end: number } | null;
}

/** The texts in a note, one after another: paragraphs, items, cells. */
export function linesIn(text: string, blocks: readonly RootContent[], ledger: Ledger): NoteLine[] {
  return blocks.flatMap((block): NoteLine[] => {
    const start = startOf(block);
    const end = endOf(block);
    switch (block.type) {
      case 'paragraph':
      case 'heading':
        return [{ pieces: piecesOf(text, block.children, start, end), label: null }];
      case 'code':
        return [{ pieces: codePieces(text, start, end, block.value).pieces, label: null }];
      case 'html':
        return [{ pieces: htmlPieces(text, start, end, block.value), label: null }];
      case 'blockquote':
        return linesIn(text, block.children, ledger);
      case 'list':
        return block.children.flatMap((item): NoteLine[] => {
          const from = startOf(item);
          const mark = /^(?:\d{1,9}[.)]|[-*+])/.exec(text.slice(from, from + 10))?.[0] ?? '';
          const label = { start: from, end: from + mark.length };
          const box = { start: label.end, end: item.children[0] ? startOf(item.children[0]) : endOf(item) };
          const [first, ...rest] = linesIn(text, item.children, ledger);
          const markup: Piece[] = hasInk(text, box.start, box.end)
            ? [{ kind: 'markup', ...box, rule: 'box' }]
            : [];
          return [{ pieces: [...markup, ...(first?.pieces ?? [])], label }, ...rest];
        });
      case 'table':
        return block.children.flatMap((row) =>
          row.children.map((cell) => ({ pieces: piecesOfCell(text, cell).pieces, label: null })),
        );
      case 'thematicBreak':
        ledger.setAside(start, end, 'rule');
        return [];
      case 'definition':
        ledger.setAside(start, end, 'link definition');
        return [];
      default:
        return [];
    }
  });
}
