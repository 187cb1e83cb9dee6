import { stringify } from 'csv-stringify/sync'
import type { FailedVideo, ScoredVideo } from './scored.ts'

const columns = ['path', 'label', 'subset', 'probability', 'faces', 'clips', 'status', 'message'] as const

/**
 * The score of every video as CSV (RFC 4180, with a line of headings), in the order given. The status is `scored`, or
 * the reason why nothing can be said of the video; then there is no probability.
 */
export function scoreTable(videos: readonly ScoredVideo[], failures: readonly FailedVideo[]): string {
  const scored = videos.map(({ path, label, subset, probability, faces }) => {
    const clips = faces.reduce((sum, { clips }) => sum + clips.length, 0)
    return [path, label, subset, probability, faces.length, clips, 'scored', '']
  })
  const failed = failures.map(({ path, label, subset, reason, message }) => {
    return [path, label, subset, '', '', '', reason, message]
  })
  return stringify([columns, ...scored, ...failed])
}
