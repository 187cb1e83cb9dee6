import { table } from '../../src/cli/text.ts'
import { type ForgeRequest, openForger } from '../../src/forge/forger.ts'
import type { ForgeRecipeInput } from '../../src/forge/recipe.ts'
import { Random } from '../../src/tensor/random.ts'
import { margin, realFaces } from './faces.ts'

const clear = { rescale: 0, colour: 0, blur: 0, noise: 0, jpeg: 0, h264: 0 }

interface Case {
  readonly name: string
  readonly recipe: ForgeRecipeInput
  readonly request: Partial<ForgeRequest>
  readonly clips?: boolean
}

const still = { frames: 1 }
const few = { frames: 4, kind: 'self' } as const
const clip = { frames: 20, snippets: 5 }

const cases: readonly Case[] = [
  { name: 'all of the recipe, stills', recipe: {}, request: still },
  { name: 'all of the recipe, stills as clips', recipe: {}, request: clip },
  { name: 'all of the recipe, clips', recipe: {}, request: clip, clips: true },
  { name: 'self', recipe: { degrade: clear, change: { surroundings: 0 } }, request: few },
  { name: 'self, surroundings', recipe: { degrade: clear, change: { surroundings: 1 } }, request: few },
  { name: 'self, Poisson', recipe: { degrade: clear, blend: { poisson: 1 } }, request: few },
  { name: 'swap', recipe: { degrade: clear }, request: { ...few, kind: 'swap' } },
  ...(Object.keys(clear) as (keyof typeof clear)[]).map((name) => ({
    name: `self and ${name}`,
    recipe: { degrade: { ...clear, [name]: 1 } },
    request: few,
  })),
]

/** Frames forged a second of processor time, in one thread: real and fake ones counted. */
export async function benchForge(only?: string): Promise<void> {
  const rows = [['frames/s', '128 px', '160 px', '224 px']]
  const columns = []
  for (const size of [128, 160, 224]) columns.push(await column(size, only))
  for (const [i, { name }] of chosen(only).entries())
    rows.push([name, ...columns.map((speeds) => speeds[i]!.toFixed(0))])
  for (const line of table(rows, 3)) console.log(line)
}

function chosen(only: string | undefined): Case[] {
  return cases.filter(({ name }) => only === undefined || name.includes(only))
}

async function column(size: number, only: string | undefined): Promise<number[]> {
  const { stills, videos } = await realFaces(size * margin, { lfw: 20, london: 10 }, 6)
  const speeds = []
  for (const { recipe, request, clips } of chosen(only)) {
    const forger = await openForger(recipe)
    const sources = clips ? videos : stills
    const forge = async (n: number) => {
      const donor = stills[(n + 1) % stills.length]!
      const source = sources[n % sources.length]!
      await forger.pair({ source, margin, size, frames: 1, donor, ...request }, new Random(n))
    }
    for (let n = 0; n < 8; n++) await forge(n)
    const rounds = Math.ceil(120 / request.frames!)
    const before = process.cpuUsage()
    for (let n = 0; n < rounds; n++) await forge(n)
    const { user, system } = process.cpuUsage(before)
    speeds.push((2 * rounds * request.frames! * 1e6) / (user + system))
  }
  return speeds
}
