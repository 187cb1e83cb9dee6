import { Graph } from '../graph/index.ts'
import type { NetworkConfig } from './config.ts'
import { clipShape, forgedArea, frameClasses, network } from './network.ts'
import { type Parameter, Scope } from './scope.ts'

/**
 * Every tensor that a network of this configuration keeps, in the order in which the network asks for them: weights
 * that are learnt, running statistics, and the auxiliary heads that the loss weighs. They are what a model file holds.
 */
export function parametersOf(config: NetworkConfig): Parameter[] {
  const scope = new Scope(new Graph(), { training: true })
  const { features } = network(scope, scope.graph.input('clip', 'float32', clipShape(config, 1)), config)
  if (config.loss.mask > 0) forgedArea(scope, features, config)
  if (config.loss.frame > 0) frameClasses(scope, features)
  return [...scope.parameters.values()]
}
