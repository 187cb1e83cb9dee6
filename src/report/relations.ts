import type { DetectedFace, RelationGraph } from '../detect/result.ts'
import { figure } from '../plot/figure.ts'
import { element, label } from '../plot/markup.ts'
import { stillOf, stillSize } from './still.ts'
import { nameOf } from './words.ts'

/** More edges than this cannot be told apart. */
const mostEdges = 10

const side = 360

interface Edge {
  readonly to: number
  readonly from: number
  readonly strength: number
}

/** The graph of the method, drawn on the face. */
export function relationFigure(face: DetectedFace, graph: RelationGraph): string {
  const still = stillSize(face)
  const scale = side / still.width
  const height = scale * still.height
  const places = graph.vertices.map(({ x, y }) => [x * side, y * height] as const)
  const edges = strongest(graph)
  const most = Math.max(...edges.map(({ strength }) => strength))
  const drawn = [
    element('g', { transform: `scale(${scale})` }, stillOf(face)),
    element('rect', { class: 'veil', width: side, height }),
    ...edges.map(({ from, to, strength }) => {
      const [[x1, y1], [x2, y2]] = [places[from]!, places[to]!]
      const bent = `M${point(x1, y1)}Q${point((x1 + x2) / 2 + (y2 - y1) / 6, (y1 + y2) / 2 - (x2 - x1) / 6)} ${point(x2, y2)}`
      return element('path', { class: 'edge', d: bent, 'stroke-width': 1 + (4 * strength) / most })
    }),
    ...graph.vertices.map(({ evidence }, i) => {
      const [x, y] = places[i]!
      const circle = element('circle', { class: 'vertex', cx: x, cy: y, r: 7 + 22 * Math.sqrt(evidence) })
      return circle + label(`${i + 1}`, x, y + 4, { 'text-anchor': 'middle' })
    }),
  ]
  const described = graph.vertices.map(
    ({ region, evidence }, i) => `${i + 1}: ${region}, ${Math.round(100 * evidence)} %`,
  )
  const text = { title: `${nameOf(face)}: what the model compares`, description: described.join('; ') }
  return figure(text, side, height, element('g', { class: 'relations' }, drawn.join('')))
}

const point = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`

/** Between different vertices, the strongest first. */
function strongest({ adjacency }: RelationGraph): Edge[] {
  const edges = adjacency.flatMap((row, to) => row.map((strength, from) => ({ to, from, strength })))
  return edges
    .filter(({ to, from, strength }) => to !== from && strength > 0)
    .sort((a, b) => b.strength - a.strength)
    .slice(0, mostEdges)
}
