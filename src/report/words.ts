import type { Basis, DetectedFace, Verdict } from '../detect/result.ts'
import { clock } from '../draw/timeline.ts'

/** A verdict as a mark, and as sentences that say what it means and what it does not. */
export interface VerdictWords {
  readonly mark: string
  readonly headline: string
  readonly meaning: string
}

export const verdictWords: Readonly<Record<Verdict, VerdictWords>> = {
  fake: {
    mark: 'Fake',
    headline: 'A face in this video is probably forged.',
    meaning: 'It looks or moves as forged faces do. This is evidence, not proof.',
  },
  real: {
    mark: 'Real',
    headline: 'No sign of forgery was found in the faces that were judged.',
    meaning:
      'They look and move as real faces do. Forgeries of a kind that the model does not know can look like that too.',
  },
  uncertain: {
    mark: 'Uncertain',
    headline: 'There is no clear answer for this video.',
    meaning: 'There is a face, but what could be seen of it does not suffice. Take this neither for fake nor for real.',
  },
  'no-face': {
    mark: 'No face',
    headline: 'There was no face to judge.',
    meaning: 'Nothing was judged: this says nothing about whether the video is genuine.',
  },
}

/** What a face is called throughout the page; also its anchor's words. */
export const nameOf = ({ track }: DetectedFace): string => `Face ${track}`

/** What its percentages are. */
export const fakeWords = ({ calibrated }: Basis['model']): string =>
  calibrated ? 'probability of fake' : 'score for fake'

/** A stretch of time. */
export const spanText = (startSeconds: number, endSeconds: number): string =>
  `${clock(startSeconds, 1)} to ${clock(endSeconds, 1)}`

/** As a sentence. @param words without a full stop */
export const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
