import { table } from '../../src/cli/text.ts'
import { nearestDonor } from '../../src/forge/donor.ts'
import { openForger } from '../../src/forge/forger.ts'
import type { ForgeryKind } from '../../src/forge/pair.ts'
import { openResynthesiser } from '../../src/forge/resynthesis/resynthesiser.ts'
import { type Probed, probe } from '../../src/forge/testing/linear-probe.ts'
import { statisticNames, statisticsOf } from '../../src/forge/testing/statistics.ts'
import { Random } from '../../src/tensor/random.ts'
import { margin, realFaces } from './faces.ts'

const size = 128

/**
 * Whether statistics of whole pictures tell fakes from the real ones that they were made of; they must not.
 * @param generators file of generators for resynthesis
 */
export async function benchForgeCues(generators?: string): Promise<void> {
  await using resynthesiser = generators === undefined ? undefined : await openResynthesiser(generators)
  const { stills } = await realFaces(size * margin, { lfw: 260, london: 60, congress: 60 })
  const forger = await openForger({}, resynthesiser ? { resynthesiser } : {})
  const rows = [['', 'pairs', 'all statistics', ...statisticNames]]
  const kinds: ForgeryKind[] = ['self', 'swap', ...(resynthesiser ? (['resynthesis'] as const) : [])]
  for (const kind of kinds) {
    const samples: Probed[] = []
    for (const [source, face] of stills.entries()) {
      const random = new Random(`${kind} ${source}`)
      const others = Array.from({ length: 8 }, () => stills[random.integer(stills.length)]!).filter(
        (one) => one !== face,
      )
      const donor = nearestDonor(face.landmarks[0]!, others)!
      const { real, fake } = await forger.pair({ source: face, margin, size, frames: 1, kind, donor }, random)
      samples.push({ values: await statisticsOf(real[0]!), source, fake: false })
      samples.push({ values: await statisticsOf(fake[0]!), source, fake: true })
    }
    const alone = statisticNames.map((_, i) => probe(samples.map((one) => ({ ...one, values: [one.values[i]!] }))))
    rows.push([kind, `${stills.length}`, ...[probe(samples), ...alone].map((area) => area.toFixed(3))])
    const above = statisticNames.map((_, i) => shareAbove(samples, i))
    rows.push([`${kind}, fake above its real one`, '', '', ...above.map((share) => share.toFixed(2))])
  }
  for (const line of table(transposed(rows), 2)) console.log(line)
}

/** In how many pairs the fake has the larger number; equal ones count half. */
function shareAbove(samples: readonly Probed[], i: number): number {
  const pairs = samples
    .filter(({ fake }) => fake)
    .map(({ source, values }) => {
      const real = samples.find((other) => other.source === source && !other.fake)!.values[i]!
      return values[i]! > real ? 1 : values[i]! === real ? 0.5 : 0
    })
  return pairs.reduce((sum: number, value) => sum + value, 0) / pairs.length
}

function transposed(rows: readonly (readonly string[])[]): string[][] {
  return rows[0]!.map((_, column) => rows.map((row) => row[column]!))
}
