import type { VideoOfPerson } from '../../../calibrate/measure.ts'
import { componentsOf } from '../../../dataset/split/components.ts'
import type { ForgedVideo } from './forged-videos.ts'

/**
 * Real and forged twins with who is seen in them: videos of one identity are one person's, those of unknown ones are each
 * another's. Whose face a swap took does not count: little of it is left.
 */
export function withPeople(twins: readonly ForgedVideo[]): VideoOfPerson[] {
  const bySource = new Map(twins.map((twin) => [twin.source, twin]))
  return componentsOf(twins.map(({ source }) => source)).flatMap((component) => {
    const person = component[0]!.path
    return component.flatMap((source) => {
      const { real, fake } = bySource.get(source)!
      return [real, fake].map((entry) => ({ entry, person }))
    })
  })
}
