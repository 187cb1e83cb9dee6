import { type EvidenceRegion, evidenceRegions, type Heat, type RegionShares } from '../detect/result.ts'
import type { Landmarks } from '../face/landmarks/landmarks.ts'
import { type ClipEvidence, snippetHeat } from './evidence.ts'
import { evidenceRegionOf, placer } from './place.ts'

/** Points of a cell along each axis: the evidence of a cell is spread evenly over them. */
const points = 3

/**
 * Where in a face the evidence for fake is, over all of its clips: every cell's evidence counts for the parts of the face
 * that the cell covers.
 * @param size of the crops, pixels
 * @returns shares that sum to 1; null where there is no evidence
 */
export function regionShares(clips: readonly ClipEvidence[], size: number): RegionShares | null {
  const sums = new Map<EvidenceRegion, number>()
  for (const { cam, landmarks } of clips) {
    for (const [snippet, of] of landmarks.entries()) {
      addEvidence(sums, snippetHeat(cam, snippet, landmarks.length), of, size)
    }
  }
  const all = [...sums.values()].reduce((sum, value) => sum + value, 0)
  if (all === 0) return null
  const shares = evidenceRegions.map((region) => [region, (sums.get(region) ?? 0) / all] as const)
  return Object.fromEntries(shares) as unknown as RegionShares
}

/** The part of the face with the most evidence. */
export function strongestRegion(shares: RegionShares): { readonly region: EvidenceRegion; readonly share: number } {
  const best = evidenceRegions.reduce((first, other) => (shares[other] > shares[first] ? other : first))
  return { region: best, share: shares[best] }
}

function addEvidence(sums: Map<EvidenceRegion, number>, heat: Heat, landmarks: Landmarks, size: number): void {
  const { width, height, data } = heat
  const placed = placer(landmarks)
  for (const [cell, evidence] of data.entries()) {
    if (evidence === 0) continue
    const [column, row] = [cell % width, Math.floor(cell / width)]
    for (let point = 0; point < points ** 2; point++) {
      const x = ((column + ((point % points) + 0.5) / points) * size) / width
      const y = ((row + (Math.floor(point / points) + 0.5) / points) * size) / height
      const region = evidenceRegionOf(placed(x, y))
      sums.set(region, (sums.get(region) ?? 0) + evidence / points ** 2)
    }
  }
}
