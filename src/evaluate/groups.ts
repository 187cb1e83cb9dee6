import type { Against } from './evaluation.ts'
import type { ScoredVideo } from './scored.ts'

type Video = Pick<ScoredVideo, 'label' | 'subset'>

/** Videos that are measured together. */
export interface Group<Scored extends Video> {
  readonly against: Against
  readonly videos: readonly Scored[]
  readonly failures: readonly Video[]
}

/** How many there are of each label. */
export function countLabels(videos: readonly Video[]): { real: number; fake: number } {
  const real = videos.filter(({ label }) => label === 'real').length
  return { real, fake: videos.length - real }
}

/**
 * The subsets by name, in the order of their names. One that holds fakes only is measured against all reals of the evaluation, as the field does for
 * each forging method.
 */
export function subsetGroups<Scored extends Video>(
  videos: readonly Scored[],
  failures: readonly Video[],
): Map<string, Group<Scored>> {
  const names = [...new Set([...videos, ...failures].map(({ subset }) => subset))].sort()
  return new Map(names.map((name) => [name, subsetGroup(name, videos, failures)]))
}

function subsetGroup<Scored extends Video>(
  name: string,
  videos: readonly Scored[],
  failures: readonly Video[],
): Group<Scored> {
  const isReal = ({ label }: Video) => label === 'real'
  const isIn = ({ subset }: Video) => subset === name
  const own = countLabels([...videos, ...failures].filter(isIn))
  const borrows = own.real === 0 && videos.some(isReal)
  const belongs = (video: Video) => isIn(video) || (borrows && isReal(video))
  return {
    against: borrows ? 'all-reals' : own.real > 0 && own.fake > 0 ? 'itself' : 'nothing',
    videos: videos.filter(belongs),
    failures: failures.filter(belongs),
  }
}
