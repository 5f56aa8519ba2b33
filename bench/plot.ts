export interface Series {
  readonly name: string
  /** Of both axes; each greater than zero. */
  readonly points: readonly (readonly [x: number, y: number])[]
}

export interface Plot {
  readonly title: string
  readonly xLabel: string
  readonly yLabel: string
  readonly series: readonly Series[]
}

const size = { width: 720, height: 400 }
/** The field of the lines, with room for the axes and for the names at the ends of the lines. */
const field = { left: 64, right: 540, top: 56, bottom: 340 }

/** Text follows the reader's scheme; the colours of the lines keep their distance from a white page and a black one. */
const style = `
  text { font: 13px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #1f2328 }
  .title { font-size: 15px; font-weight: 600 }
  .tick { font-size: 12px; fill: #59636e }
  .grid { stroke: #8b949e; stroke-opacity: 0.3 }
  .line { fill: none; stroke-width: 2.5; stroke-linejoin: round }
  .s0 { stroke: #2f81f7 } .p0 { fill: #2f81f7 }
  .s1 { stroke: #d9730d; stroke-dasharray: 7 4 } .p1 { fill: #d9730d }
  @media (prefers-color-scheme: dark) { text { fill: #f0f6fc } .tick { fill: #9198a1 } }`

/** Lines on two logarithmic axes, as an SVG that needs nothing else. @throws Error when there is no point. */
export function plotSvg({ title, xLabel, yLabel, series }: Plot): string {
  const points = series.flatMap(({ points }) => points)
  const [first] = points
  if (!first) throw new Error('There is nothing to plot.')
  const x = axis(points.map(([value]) => value).concat(first[0]), [field.left, field.right])
  const y = axis(points.map(([, value]) => value).concat(first[1]), [field.bottom, field.top])
  const { width, height } = size
  const middle = (field.left + field.right) / 2
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${style}</style>`,
    `<text class="title" x="${field.left}" y="24">${escaped(title)}</text>`,
    `<text class="tick" x="${field.left}" y="44">${escaped(yLabel)}</text>`,
    ...x.ticks.map((tick) => vertical(x.at(tick), inWords(tick))),
    ...y.ticks.map((tick) => horizontal(y.at(tick), inWords(tick))),
    `<text class="tick" x="${middle}" y="${height - 16}" text-anchor="middle">${escaped(xLabel)}</text>`,
    ...series.map((one, index) => line(one, { index, x: x.at, y: y.at })),
    '</svg>',
    '',
  ].join('\n')
}

interface Axis {
  readonly at: (value: number) => number
  /** The powers of ten from below the least value to above the greatest. */
  readonly ticks: readonly number[]
}

function axis(values: readonly number[], [from, to]: readonly [number, number]): Axis {
  const low = Math.floor(Math.log10(Math.min(...values)))
  const high = Math.max(Math.ceil(Math.log10(Math.max(...values))), low + 1)
  const at = (value: number) => round(from + ((Math.log10(value) - low) / (high - low)) * (to - from))
  return { at, ticks: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)) }
}

function vertical(x: number, label: string): string {
  const { top, bottom } = field
  return `<path class="grid" d="M${x} ${top}V${bottom}"/><text class="tick" x="${x}" y="${bottom + 20}" text-anchor="middle">${label}</text>`
}

function horizontal(y: number, label: string): string {
  const { left, right } = field
  return `<path class="grid" d="M${left} ${y}H${right}"/><text class="tick" x="${left - 8}" y="${y + 4}" text-anchor="end">${label}</text>`
}

interface Place {
  readonly index: number
  readonly x: (value: number) => number
  readonly y: (value: number) => number
}

function line({ name, points }: Series, { index, x, y }: Place): string {
  const places = points.map(([a, b]) => [x(a), y(b)] as const)
  const [endX = 0, endY = 0] = places.at(-1) ?? []
  return [
    `<path class="line s${index}" d="M${places.map((place) => place.join(' ')).join('L')}"/>`,
    ...places.map(([a, b]) => `<circle class="p${index}" cx="${a}" cy="${b}" r="4"/>`),
    `<text class="p${index}" x="${endX + 12}" y="${endY + 4}">${escaped(name)}</text>`,
  ].join('\n')
}

const round = (value: number) => Math.round(value * 10) / 10

const inWords = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 3 })

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
