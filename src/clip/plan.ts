import { checkOptions } from '../options.ts'
import { type PlanOptions, planOptions } from './options.ts'

/** A stretch of time in seconds from the first frame of the video. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** How many frames of which a network makes a clip; a part of `NetworkConfig.input`. */
export interface ClipLayout {
  /** Snippets in a clip. */
  readonly snippets: number
  /** Consecutive frames in a snippet. */
  readonly frames: number
}

/** Where to look: for each clip its snippets, each the time at which its first frame is shown. */
export interface ClipPlan extends ClipLayout {
  /** In the order of time. */
  readonly clips: readonly { readonly starts: readonly number[] }[]
  /** Frames a second within a snippet. */
  readonly rate: number
}

/**
 * Chooses the frames to be looked at: clips spread evenly over each span, the snippets of a clip evenly over its seconds.
 * Where there is too little time, snippets overlap; where there is less than one snippet, it begins at the beginning.
 * @param spans what to cover, e.g. the whole video, or when a face is there; each is given its own clips
 * @param frameRate of the video, frames a second; undefined where it is not known
 * @throws UnmaskError `option-invalid`
 */
export function planClips(
  spans: readonly Span[],
  layout: ClipLayout,
  frameRate: number | undefined,
  options: PlanOptions = {},
): ClipPlan {
  const { clips, span: wanted, rate: most } = checkOptions(planOptions, options, 'clip plan')
  const rate = Math.min(frameRate ?? most, most)
  const snippetSeconds = layout.frames / rate
  const length = Math.max(wanted, layout.snippets * snippetSeconds)
  const planned = spans.flatMap((span) =>
    spread(span, length, clips).map(({ from, to }) => ({
      starts: evenly(from, Math.max(from, to - snippetSeconds), layout.snippets),
    })),
  )
  const inOrder = planned.toSorted((a, b) => a.starts[0]! - b.starts[0]!)
  return { snippets: layout.snippets, frames: layout.frames, clips: inOrder, rate }
}

/** Stretches of the length, evenly spread over a span; fewer where more than half of each would be in the next. */
function spread({ from, to }: Span, length: number, most: number): Span[] {
  const seconds = to - from
  if (seconds <= length) return [{ from, to }]
  const count = Math.min(most, 1 + Math.floor((2 * (seconds - length)) / length))
  if (count * length <= seconds) {
    const slot = seconds / count
    return Array.from({ length: count }, (_, i) => from + i * slot + (slot - length) / 2).map((start) => ({
      from: start,
      to: start + length,
    }))
  }
  return evenly(from, to - length, count).map((start) => ({ from: start, to: start + length }))
}

/** So many times from the first to the last; the middle when it is only one. */
function evenly(first: number, last: number, count: number): number[] {
  if (count === 1) return [(first + last) / 2]
  return Array.from({ length: count }, (_, i) => first + ((last - first) * i) / (count - 1))
}

/** Stretches of time in which a plan needs frames: those that overlap made one, in order. */
export function plannedSpans({ clips, frames, rate }: ClipPlan): Span[] {
  const seconds = frames / rate
  const starts = clips.flatMap((clip) => clip.starts).toSorted((a, b) => a - b)
  const spans: Span[] = []
  for (const from of starts) {
    const last = spans.at(-1)
    if (last && from <= last.to) spans[spans.length - 1] = { from: last.from, to: from + seconds }
    else spans.push({ from, to: from + seconds })
  }
  return spans
}
