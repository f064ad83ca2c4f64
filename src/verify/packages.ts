/**
 * pdf.js, which a user may not have: it is large, and an optional peer. It is named by a variable, for nothing may need
 * it but to read a PDF back; without it that reader says that it can't verify, and nothing else is lost.
 */
import { PackageMissing } from './flat.js';

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
  /** What the pages share: the fonts, by the names that `setFont` has for them. */
  readonly commonObjs: { readonly has: (id: string) => boolean; readonly get: (id: string) => unknown };
  readonly cleanup: () => unknown;
}

const pdfJs: string = 'pdfjs-dist/legacy/build/pdf.mjs';

/** @throws PackageMissing */
export async function loadPdfJs(): Promise<PdfJs> {
  try {
    return (await import(pdfJs)) as PdfJs;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')
      throw new PackageMissing('pdfjs-dist');
    throw error;
  }
}
