/**
 * The packages that readers need and a user may not have. They are named by variables, for they are no dependencies of
 * the package: a reader without its package says that it can't verify, and nothing else is lost.
 */
import { PackageMissing } from './flat.js';

/** Of csv-parse what the reader uses. */
export interface CsvParse {
  readonly parse: (
    text: string,
    options: {
      readonly bom: boolean;
      readonly record_delimiter: string;
      readonly relax_column_count: boolean;
    },
  ) => string[][];
}

/** Of pdf.js what the reader uses. */
export interface PdfJs {
  readonly getDocument: (options: {
    readonly data: Uint8Array;
    readonly verbosity: number;
    readonly useSystemFonts: boolean;
    readonly isEvalSupported: boolean;
  }) => { readonly promise: Promise<PdfDocument>; readonly destroy: () => Promise<void> };
  readonly OPS: Readonly<Record<string, number>>;
}

export interface PdfDocument {
  readonly numPages: number;
  readonly getPage: (number: number) => Promise<PdfPage>;
}

export interface PdfPage {
  readonly getOperatorList: () => Promise<{
    readonly fnArray: readonly number[];
    readonly argsArray: readonly unknown[];
  }>;
  readonly cleanup: () => unknown;
}

const csvParse: string = 'csv-parse/sync';
const pdfJs: string = 'pdfjs-dist/legacy/build/pdf.mjs';

/** @throws PackageMissing */
export const loadCsvParse = async (): Promise<CsvParse> => (await load(csvParse, 'csv-parse')) as CsvParse;

/** @throws PackageMissing */
export const loadPdfJs = async (): Promise<PdfJs> => (await load(pdfJs, 'pdfjs-dist')) as PdfJs;

async function load(module: string, name: string): Promise<unknown> {
  try {
    return await import(module);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')
      throw new PackageMissing(name);
    throw error;
  }
}
