/** Styles: what a template says of type, for each kind of text. Points. */
import type { Size, Template } from '../../template.js';
import type { Family } from './faces.js';
import type { TextStyle } from './items.js';

export interface Style extends TextStyle {
  readonly leading: number;
  readonly align: 'justify' | 'left' | 'balance';
  readonly hyphenate: boolean;
}

export interface Styles {
  readonly body: Style;
  /** Cells and signatures: ragged. */
  readonly ragged: Style;
  readonly note: Style;
  readonly title: Style;
  /** The title of an annex. */
  readonly annexTitle: Style;
  readonly subtitle: Style;
  readonly dateline: Style;
  /** By level, from 1; deeper levels look like the last. */
  readonly headings: readonly [Style, Style, Style];
}

/** The styles of a template in a family of faces. */
export function stylesOf(template: Template, family: Family): Styles {
  const { sizes, colours, paragraph } = template;
  const leadingOf = (size: Exclude<Size, 'running'>) => template.leading[size] * family.leading;
  const style = (
    size: Exclude<Size, 'running'>,
    colour: string,
    rest: Partial<Pick<Style, 'bold' | 'align' | 'hyphenate'>> = {},
  ): Style => ({
    family,
    size: sizes[size],
    leading: leadingOf(size),
    colour,
    bold: false,
    align: 'left',
    hyphenate: false,
    ...rest,
  });
  const running = { align: paragraph.align, hyphenate: paragraph.hyphenate };
  const heading = { bold: true, align: 'left' as const };
  const title = style('title', colours.title, { bold: true, align: 'balance' });
  return {
    body: style('body', colours.text, running),
    ragged: style('body', colours.text, { align: 'left', hyphenate: paragraph.hyphenate }),
    note: style('note', colours.text, running),
    title,
    annexTitle: {
      ...title,
      size: (sizes.title + sizes.heading1) / 2,
      leading: (leadingOf('title') + leadingOf('heading1')) / 2,
    },
    subtitle: style('subtitle', colours.text, { align: 'balance' }),
    dateline: style('dateline', colours.running),
    headings: [
      style('heading1', colours.heading, heading),
      style('heading2', colours.heading, heading),
      style('heading3', colours.heading, heading),
    ],
  };
}

/** Where the baseline stands below the top of a row of some height: capitals stand in its middle. */
export function baselineIn(height: number, style: TextStyle): number {
  return (height + (style.family.regular.capHeight * style.size) / 1000) / 2;
}
