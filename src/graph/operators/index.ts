import type { Attributes, OperatorName } from './attributes.ts'
import { conv } from './convolution.ts'
import { elementwise } from './elementwise.ts'
import { layout } from './layout.ts'
import { matmul } from './matmul.ts'
import { normalisation } from './normalisation.ts'
import type { Operator } from './operator.ts'
import { reduce } from './reduce.ts'

/** The one table: shape rule, ONNX form and gradient rule of every operator. */
export const operators: { readonly [K in OperatorName]: Operator<Attributes[K]> } = {
  ...elementwise,
  ...reduce,
  ...layout,
  ...normalisation,
  matmul,
  conv,
}
