import type { AreaName } from '../../face/landmarks/areas.ts'
import type { Random } from '../../tensor/random.ts'
import type { Generator, Generators } from './generators.ts'
import type { Interpolation } from './put-back.ts'

/** How a clip is made, the same for all of its frames. */
export interface Manner {
  readonly generator: Generator
  /** Share of the true fine detail that is added to what was generated, as if it were a better generator's. */
  readonly detail: number
  /** Amount of sharpening, which swap programs offer; 0 for none. */
  readonly sharpening: number
  /** How what was generated is enlarged to its place. */
  readonly interpolation: Interpolation
}

/** Fine detail is what is lost when so many pixels become one along each axis. */
export const detailFactor = 4

/** Chance and bounds of each. */
const detail = { chance: 0.5, most: 0.6 }
const sharpening = { chance: 0.4, least: 0.2, most: 1 }

/** Areas that lie in what the generators of the lower face make. */
const lowAreas: readonly (AreaName | undefined)[] = ['lowerFace', 'mouth']

/** Draws how a clip is made. Generators of the lower face are used for its areas, where there are others. */
export function drawManner({ generators }: Generators, area: AreaName | undefined, random: Random): Manner {
  const all = [...generators.values()]
  const whole = all.filter(({ shape }) => shape.part === 'inner')
  const fitting = lowAreas.includes(area) || whole.length === 0 ? all : whole
  return {
    generator: fitting[random.integer(fitting.length)]!,
    detail: random.bernoulli(detail.chance) ? random.uniform(0, detail.most) : 0,
    sharpening: random.bernoulli(sharpening.chance) ? random.uniform(sharpening.least, sharpening.most) : 0,
    interpolation: random.bernoulli(0.5) ? 'cubic' : 'linear',
  }
}
