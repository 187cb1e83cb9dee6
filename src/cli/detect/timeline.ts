import type { DetectedFace } from '../../detect/result.ts'

/** What a piece of time holds: the largest probability of its clips; a face that nobody looked at; no face. */
export type Cell = number | 'unseen' | 'away'

/** The time of a video, cut into equal pieces. @param durationSeconds above 0 */
export function timelineCells(
  { clips, startSeconds, endSeconds }: Pick<DetectedFace, 'clips' | 'startSeconds' | 'endSeconds'>,
  durationSeconds: number,
  count: number,
): Cell[] {
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = [(i * durationSeconds) / count, ((i + 1) * durationSeconds) / count]
    const isIn = (span: { startSeconds: number; endSeconds: number }) =>
      span.startSeconds < to && (span.endSeconds > from || span.startSeconds >= from)
    const probabilities = clips.filter(isIn).map(({ probability }) => probability)
    if (probabilities.length > 0) return Math.max(...probabilities)
    return isIn({ startSeconds, endSeconds }) ? 'unseen' : 'away'
  })
}

const blocks = '▁▂▃▄▅▆▇█'

/** One character: higher, or a larger digit (tenths), for a larger probability. */
export function cellCharacter(cell: Cell, withBlocks: boolean): string {
  if (cell === 'away') return ' '
  if (cell === 'unseen') return withBlocks ? '·' : '.'
  const level = (levels: number) => Math.min(Math.floor(cell * levels), levels - 1)
  return withBlocks ? blocks[level(blocks.length)]! : `${level(10)}`
}
