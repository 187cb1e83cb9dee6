import type { OperatorName } from '../operators/attributes.ts'
import { type Checks, type ChecksOf, subjectOf } from './case.ts'
import { elementwiseChecks } from './cases-elementwise.ts'
import { layoutChecks } from './cases-layout.ts'
import { linearChecks } from './cases-linear.ts'
import { normalisationChecks } from './cases-normalisation.ts'
import type { Subject } from './subject.ts'

/** How each operator's gradient is checked: an operator without an entry does not compile. */
export const checks: ChecksOf<OperatorName> = {
  ...elementwiseChecks,
  ...layoutChecks,
  ...linearChecks,
  ...normalisationChecks,
}

export const operatorNames = Object.keys(checks) as OperatorName[]

/** All cases of an operator, ready to be measured. */
export function subjectsOf(operator: OperatorName): Subject[] {
  return checks[operator].cases.map((_, i) => subjectOf(operator, checks[operator] as Checks<never>, i))
}
