import { table } from '../src/cli/text.ts'
import { learn, smallNetwork } from '../test/learning/learn.ts'

/** How well the relation module learns what only it can see, and how long that takes. */
export async function benchLearning(): Promise<void> {
  const rows = [['relation module', 'seed', 'accuracy on unseen clips', 'steps', 'seconds']]
  const runs = [1, 2, 3].map((seed) => ['tgcn', seed] as const)
  for (const [kind, seed] of [...runs, ['gru', 1], ['gcn', 1], ['none', 1]] as const) {
    const { accuracy, steps, seconds } = await learn(smallNetwork(kind), 1500, 640, seed)
    rows.push([kind, `${seed}`, accuracy.toFixed(3), `${steps}`, seconds.toFixed(0)])
  }
  for (const line of table(rows, 4)) console.log(line)
}
