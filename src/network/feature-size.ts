import { Graph } from '../graph/index.ts'
import type { NetworkConfig } from './config.ts'
import { backbone, framesShape } from './network.ts'
import { Scope } from './scope.ts'

/** Height and width, in cells, of the backbone's feature maps: where forged area, attention and Grad-CAM are told. */
export function featureSize(config: NetworkConfig): { readonly height: number; readonly width: number } {
  const scope = new Scope(new Graph(), { training: false })
  const { shape } = backbone(scope, scope.graph.input('clip', 'float32', framesShape(config, 1)), config)
  return { height: shape[3]!, width: shape[4]! }
}
