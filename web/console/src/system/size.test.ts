import { expect, it } from 'vitest'
import { sizeText } from './size'

it('says bytes in the unit that reads best', () => {
  expect([0, 1023, 1024, 1536, 1024 ** 2, 5 * 1024 ** 3].map(sizeText)).toEqual([
    '0 B',
    '1023 B',
    '1.0 KB',
    '1.5 KB',
    '1.0 MB',
    '5.0 GB',
  ])
})
