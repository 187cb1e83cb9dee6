import { checkOptions } from '../options.ts'
import { Random } from '../tensor/random.ts'
import type { Image } from '../video/image.ts'
import { degrade } from './degrade/degrade.ts'
import { type DegradePlan, drawDegrade } from './degrade/degrade-plan.ts'
import { pick } from './draw.ts'
import { Forgery } from './forgery.ts'
import { framesOf } from './origins.ts'
import type { ForgedPair, ForgeryKind } from './pair.ts'
import { drawPlan } from './plan/plan.ts'
import { type ForgeRecipe, type ForgeRecipeInput, forgeRecipe } from './recipe.ts'
import { checkRequest, type ForgeRequest } from './request.ts'
import type { Resynthesiser } from './resynthesiser.ts'
import { drawSetting, type SettingPlan, settle } from './setting.ts'
import { drawView, type ViewPlan, viewOf, viewOfMask } from './view.ts'

export type { ForgeRequest } from './request.ts'

/** Makes fakes of real faces. Calls share buffers: one at a time, unless awaited side by side. */
export interface Forger {
  readonly recipe: ForgeRecipe
  /**
   * A fake and the real clip it was made from, degraded and seen alike.
   * @param random decides everything: the same request and state give the same bits
   * @throws UnmaskError `option-invalid` when parts of the request do not fit together
   */
  pair(request: ForgeRequest, random: Random): Promise<ForgedPair>
  /** A real clip alone, degraded and seen by the same code with the same chances. */
  real(request: ForgeRequest, random: Random): Promise<readonly Image[]>
}

/** @throws UnmaskError `option-invalid` when the recipe is not one */
export async function openForger(
  recipe: ForgeRecipeInput = {},
  options: { readonly resynthesiser?: Resynthesiser } = {},
): Promise<Forger> {
  return new RecipeForger(checkOptions(forgeRecipe, recipe, 'forge recipe'), options.resynthesiser)
}

/** What is drawn of both real and fake. */
interface Shared {
  readonly setting: SettingPlan
  readonly degradation: DegradePlan
  readonly view: ViewPlan
}

class RecipeForger implements Forger {
  readonly recipe: ForgeRecipe
  readonly #resynthesiser: Resynthesiser | undefined

  constructor(recipe: ForgeRecipe, resynthesiser: Resynthesiser | undefined) {
    this.recipe = recipe
    this.#resynthesiser = resynthesiser
  }

  async pair(request: ForgeRequest, random: Random): Promise<ForgedPair> {
    checkRequest(request, this.#resynthesiser !== undefined)
    const own = new Random(random.integer(2 ** 53))
    const kind = this.#kind(request, own.fork('kind'))
    const plan = drawPlan(this.recipe, kind, request.region, own.fork('plan'))
    const shared = this.#shared(request, own)
    const settled = [...settle(request.source, shared.setting, this.#timing(request), own.fork('frames'))]
    const frames = await framesOf(kind, settled, request.donor, this.#resynthesiser, own.fork('origin'), plan.mask.area)
    const forgery = new Forgery(plan, own.fork('forgery'))
    const forged = frames.map((frame) => forgery.frame(frame))
    const masks = forged.map(({ mask, real }) => viewOfMask(mask, real.width, shared.view, request.size))
    const shown = (images: readonly Image[], name: string) => this.#shown(images, request, shared, own.fork(name))
    return {
      real: shown(
        forged.map(({ real }) => real),
        'real noise',
      ),
      fake: shown(
        forged.map(({ fake }) => fake),
        'fake noise',
      ),
      masks,
      kind,
      parameters: { ...plan, ...shared },
    }
  }

  async real(request: ForgeRequest, random: Random): Promise<readonly Image[]> {
    checkRequest(request, this.#resynthesiser !== undefined)
    const own = new Random(random.integer(2 ** 53))
    const shared = this.#shared(request, own)
    const settled = [...settle(request.source, shared.setting, this.#timing(request), own.fork('frames'))]
    return this.#shown(
      settled.map(({ image }) => image),
      request,
      shared,
      own.fork('real noise'),
    )
  }

  #kind(request: ForgeRequest, random: Random): ForgeryKind {
    const { self, swap, resynthesis } = this.recipe.kinds
    const possible = {
      self,
      swap: request.donor ? swap : 0,
      resynthesis: this.#resynthesiser ? resynthesis : 0,
    }
    return request.kind ?? pick(random, possible) ?? 'self'
  }

  #shared(request: ForgeRequest, own: Random): Shared {
    const isStill = request.source.images.length === 1
    const setting = drawSetting(this.recipe, isStill, own.fork('setting'))
    return {
      setting,
      degradation: drawDegrade(this.recipe.degrade, setting.motion?.noise ?? 0, own.fork('degradation')),
      view: drawView(this.recipe.view, request.margin, own.fork('view')),
    }
  }

  #timing({ frames, snippets = 1 }: ForgeRequest) {
    return { frames, snippets, frameRate: this.recipe.frameRate, snippetSeconds: this.recipe.snippetSeconds }
  }

  #shown(images: readonly Image[], request: ForgeRequest, { degradation, view }: Shared, random: Random): Image[] {
    const { margin, snippets = 1, size } = request
    const context = { margin, snippets, frameRate: this.recipe.frameRate }
    return degrade(images, degradation, context, random).map((frame) => viewOf(frame, view, size))
  }
}
