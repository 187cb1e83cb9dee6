const subject = '[fm][a-z]{3}\\d'
const sentence = 's[aix]\\d+'
const real = new RegExp(`^(${subject})_(${sentence})$`)
const fake = new RegExp(`^(?:(${subject})_)?(${sentence})-video-(${subject})$`)

/** What a name of VidTIMIT or DeepfakeTIMIT says. */
export interface TimitName {
  /** Who was filmed, and, in a fake, whose face was put there. */
  readonly identities: readonly string[]
  /** Of a fake: subject and sentence of the real recording, e.g. `fadg0_sa1`. */
  readonly source?: string
}

/**
 * Reads `fadg0_sa1` (a recording) or `fadg0_sa1-video-fram1` (fadg0's recording with the face of fram1).
 * @param folder subject where the name leaves it to its folder, as published: `fadg0/sa1-video-fram1`
 */
export function timitName(name: string, folder?: string): TimitName | undefined {
  const recorded = real.exec(name)?.[1]
  if (recorded !== undefined) return { identities: [timitIdentity(recorded)] }
  const [, given, said, face] = fake.exec(name) ?? []
  const filmed = given ?? folder
  if (filmed === undefined || face === undefined) return undefined
  return { identities: [timitIdentity(filmed), timitIdentity(face)], source: `${filmed}_${said}` }
}

export function timitIdentity(subject: string): string {
  return `timit-${subject}`
}
