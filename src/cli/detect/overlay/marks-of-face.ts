import type { DetectedFace, Heat } from '../../../detect/result.ts'
import type { HeatMap } from '../../../draw/heat-map.ts'
import type { TrackFrame } from '../../../face/face.ts'
import { centreOf, squareAt } from '../../../face/geometry.ts'
import type { Region } from '../../../video/image.ts'
import { percentText } from '../../../words.ts'
import { verdictWords } from '../words.ts'
import { unjudged, verdictColours } from './colours.ts'
import { judgementAt } from './judgement.ts'
import type { Mark } from './marks.ts'
import { type PlacedFace, placeAt } from './placed-face.ts'

/** Opacity of the hottest place of a face that is certainly fake, in a frame that the model saw. */
const strongest = 0.65

/**
 * How a face is marked at some time; undefined where it is not.
 * @param hottest the heat that is drawn brightest, the same for all faces
 */
export function markOf({ frames, face }: PlacedFace, seconds: number, hottest: number): Mark | undefined {
  const box = placeAt(frames, seconds)
  if (!box) return undefined
  if (!face) return { box, lines: ['not judged'], colour: unjudged, seen: false }
  const { probability, snippet, seen, strength } = judgementAt(face, seconds)
  const there = placeAt(frames, snippet.startSeconds)
  const isHot = hottest > 0 && strength > 0 && there !== undefined
  return {
    box,
    lines: linesOf(face, probability),
    colour: verdictColours[face.verdict],
    seen,
    ...(isHot && {
      heat: {
        map: scaled(snippet.heat, hottest),
        region: moved(snippet.region, there, box),
        strength: strongest * strength,
      },
    }),
  }
}

function linesOf({ track, verdict, probability }: DetectedFace, now: number | undefined): string[] {
  return [
    `#${track}  ${verdictWords[verdict]} ${percentText(probability)}`,
    now === undefined ? 'now: not looked at' : `now: ${percentText(now)}`,
  ]
}

/** The largest heat of all faces. */
export function hottestOf(faces: readonly DetectedFace[]): number {
  const snippets = faces.flatMap(({ clips }) => clips.flatMap((clip) => clip.snippets))
  return snippets.reduce((most, { heat }) => heat.data.reduce((a, b) => Math.max(a, b), most), 0)
}

function scaled({ width, height, data }: Heat, hottest: number): HeatMap {
  return { width, height, values: data.map((value) => value / hottest) }
}

/** A square that was around a face, after the face has moved and grown. */
function moved(region: Region, from: TrackFrame['box'], to: TrackFrame['box']): Region {
  const growth = to.width / from.width
  const [[x, y], [oldX, oldY], [newX, newY]] = [centreOf(region), centreOf(from), centreOf(to)]
  return squareAt([newX + growth * (x - oldX), newY + growth * (y - oldY)], growth * region.width)
}
