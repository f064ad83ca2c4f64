/** The chart of growth: time over size, both in powers of ten, as an SVG without scripts, fonts or colours of a theme. */

/** Apart for eyes that see no colour, too: each line has a dash of its own and its name at its end. */
const strokes = [
  { colour: '#1b1b1b', dash: '' },
  { colour: '#b3261e', dash: '' },
  { colour: '#1559b3', dash: '7 3' },
  { colour: '#0b7a4b', dash: '2 3' },
  { colour: '#7a4fb3', dash: '10 3 2 3' },
  { colour: '#8a5a00', dash: '4 4' },
];

const width = 760;
const height = 440;
const plot = { left: 70, right: 600, top: 50, bottom: 380 };

/**
 * @param {{ name: string, points: { bytes: number, seconds: number }[] }[]} lines
 */
export function growthChart(lines) {
  const sizes = lines[0].points.map(({ bytes }) => bytes);
  const times = lines.flatMap(({ points }) => points.map(({ seconds }) => seconds));
  const lowest = 10 ** Math.floor(Math.log10(Math.min(...times)));
  const highest = 10 ** Math.ceil(Math.log10(Math.max(...times)));
  const between = (value, low, high) => Math.log10(value / low) / Math.log10(high / low);
  const x = (bytes) => plot.left + between(bytes, sizes[0], sizes.at(-1)) * (plot.right - plot.left);
  const y = (seconds) => plot.bottom - between(seconds, lowest, highest) * (plot.bottom - plot.top);
  const at = (number) => number.toFixed(1);

  const description = lines
    .map(({ name, points }) => {
      const figures = points.map(({ bytes, seconds }) => `${secondsIn(seconds)} for ${sizeIn(bytes)}`);
      return `${name}: ${figures.join(', ')}.`;
    })
    .join(' ');
  const ticks = [];
  for (let seconds = lowest; seconds <= highest * 1.001; seconds *= 10)
    ticks.push(
      `<path d="M${plot.left} ${at(y(seconds))}H${plot.right}" stroke="#ddd"/>`,
      `<text x="${plot.left - 8}" y="${at(y(seconds) + 4)}" text-anchor="end">${Number(seconds.toPrecision(1))} s</text>`,
    );
  for (const bytes of sizes)
    ticks.push(
      `<path d="M${at(x(bytes))} ${plot.top}V${plot.bottom}" stroke="#ddd"/>`,
      `<text x="${at(x(bytes))}" y="${plot.bottom + 20}" text-anchor="middle">${sizeIn(bytes)}</text>`,
    );

  // What grows in step with the text runs beside this line.
  const [steady] = lines;
  const last = steady.points.at(-1);
  const from = Math.max(sizes[0], last.bytes * (lowest / last.seconds));
  const inStep = `<path d="M${at(x(from))} ${at(y((last.seconds * from) / last.bytes))}L${at(x(last.bytes))} ${at(y(last.seconds))}" stroke="#999" stroke-dasharray="3 5"/>`;

  // Names that would lie on each other are moved apart.
  const names = lines
    .map((line, index) => ({ index, name: line.name, y: y(line.points.at(-1).seconds) + 4 }))
    .sort((one, other) => one.y - other.y);
  for (const [place, name] of names.entries())
    if (place > 0) name.y = Math.max(name.y, names[place - 1].y + 15);

  const drawn = lines.map(({ points }, index) => {
    const { colour, dash } = strokes[index % strokes.length];
    const path = points.map(({ bytes, seconds }) => `${at(x(bytes))} ${at(y(seconds))}`).join('L');
    return `<path d="M${path}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>`;
  });
  const labels = names.map(
    ({ index, name, y: line }) =>
      `<text x="${plot.right + 8}" y="${at(line)}" fill="${strokes[index % strokes.length].colour}">${name}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description" font-family="sans-serif" font-size="13">
<title id="title">Time for one document, by its size</title>
<desc id="description">${description}</desc>
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="${plot.left}" y="28" font-size="15">Seconds from start to end of the process, by the size of the text</text>
${[...ticks, inStep, ...drawn, ...labels].join('\n')}
<text x="${(plot.left + plot.right) / 2}" y="${height - 16}" text-anchor="middle">size of the text (grey and dashed: tenfold time for tenfold text)</text>
</svg>
`;
}

export const sizeIn = (bytes) =>
  bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
export const secondsIn = (seconds) =>
  `${seconds < 0.95 ? seconds.toFixed(seconds < 0.095 ? 3 : 2) : seconds.toFixed(seconds < 95 ? 1 : 0)} s`;
