import { expect, test } from 'vitest'
import { learn, smallNetwork } from './learn.ts'

test('the network learns what only relations in time show', async () => {
  const whole = await learn(smallNetwork('tgcn'), 500, 320, 1)
  const without = await learn(smallNetwork('none'), 500, 320, 1)
  console.log(`accuracy on unseen clips: ${whole.accuracy}, without the relation module ${without.accuracy}`)
  expect(whole.accuracy).toBeGreaterThanOrEqual(0.95)
  expect(without.accuracy).toBeLessThanOrEqual(whole.accuracy)
}, 600_000)
