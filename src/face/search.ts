import type { Region, Size } from '../video/image.ts'
import type { Candidate } from './candidate.ts'
import type { SmallFaces } from './detector-options.ts'
import { centreOf, containment, distance, overlap, squareAt } from './geometry.ts'
import { largestInTile, tilesOf, withMargin } from './looks.ts'

/** Runs the network on a square of the picture. @param least score that counts */
export type Look = (region: Region, least: number) => Promise<Candidate[]>

export interface Search {
  /** Of the picture as shown. */
  readonly size: Size
  /** The smallest square around the picture. */
  readonly whole: Region
  readonly small: SmallFaces
  readonly least: number
  readonly expected: readonly Region[]
}

/** Score from which on a closer look may make a face of it, and score from which on it is one without. */
const doubtful = 0.45
const certain = 0.75

/** Between these shares of the look a box is placed exactly; smaller and larger ones are looked at again from nearer or farther. */
const exact = { least: 20 / 256, most: 150 / 256 }

/** A closer look sees so many boxes across: the size at which the network finds best. */
const closeSide = 3

/** Closer looks at most: a crowd must not take forever. */
const mostClose = 64

/** Looks for faces in the whole picture, and again where that promises more; see docs/faces.md for the measurements. Best first. */
export async function search(look: Look, { size, whole, small, least, expected }: Search): Promise<Candidate[]> {
  const found = await look(whole, doubtful)
  const none = () => !found.some(({ score }) => score >= least)
  if (none()) found.push(...(await look(withMargin(size), doubtful)))
  if (small === 'always' || (small === 'auto' && none())) {
    for (const tile of tilesOf(size)) {
      found.push(...(await look(tile, doubtful)).filter(({ share }) => share <= largestInTile))
    }
  }
  const faces: Candidate[] = []
  for (const [i, candidate] of distinct(found).entries()) {
    const judged = i < mostClose ? await judge(look, candidate) : candidate
    if (judged && judged.score >= least) faces.push(judged)
  }
  for (const box of expected) {
    if (faces.some((face) => overlap(face.box, box) > sameFace)) continue
    const face = await lookClosely(look, box)
    if (face && face.score >= least) faces.push(face)
  }
  return distinct(faces)
}

/** A candidate after a closer look, if it needs one; undefined when that shows none. */
async function judge(look: Look, candidate: Candidate): Promise<Candidate | undefined> {
  const isCertain = candidate.score >= certain
  if (isCertain && candidate.share >= exact.least && candidate.share <= exact.most) return candidate
  const closer = await lookClosely(look, candidate.box)
  if (!closer) return isCertain ? candidate : undefined
  return { ...closer, score: isCertain ? candidate.score : (candidate.score + closer.score) / 2 }
}

async function lookClosely(look: Look, box: Region): Promise<Candidate | undefined> {
  const found = await look(squareAt(centreOf(box), closeSide * box.width), 0.3)
  return found.find((other) => {
    const ratio = other.box.width / box.width
    return ratio > 0.5 && ratio < 2 && distance(centreOf(other.box), centreOf(box)) < 0.6 * box.width
  })
}

/** Intersection over union from which on two boxes are of one face. */
const sameFace = 0.3
/** Of two boxes the smaller one lies so far in the other: parts of a large face that the network takes for faces. */
const partOfFace = 0.55

/** Without those that are the same as a better one, or parts of it. Best first. */
function distinct(candidates: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = []
  for (const candidate of candidates.toSorted((a, b) => b.score - a.score)) {
    const known = kept.some(
      ({ box }) => overlap(box, candidate.box) > sameFace || containment(box, candidate.box) > partOfFace,
    )
    if (!known) kept.push(candidate)
  }
  return kept
}
