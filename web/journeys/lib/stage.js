/** What the journeys of a file are walked in: a browser and a city, there before the first and gone after the last. */
import { after, before } from 'node:test'
import { launch } from './browser.js'
import { serveCity } from './city.js'

export function stage() {
  const set = {}
  before(async () => {
    set.city = await serveCity()
    set.browser = await launch()
  })
  after(async () => {
    await set.browser?.close()
    await set.city?.stop()
  })
  return set
}
