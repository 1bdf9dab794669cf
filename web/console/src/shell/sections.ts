/** The menu as it is shown: fixed pages and the packs' views, what one has no role for left out. */
import { views } from '@shared/catalogue/catalogue'
import type { View } from '@shared/catalogue/shape'
import { hasRole, session } from '@shared/session/session'
import type { RouteLocationNormalizedLoaded, RouteLocationRaw } from 'vue-router'
import { MENU, type Page } from '../menu'
import { toView } from '../links'

export interface Entry {
  key: string
  title: string
  to: RouteLocationRaw
}

export interface ShownSection {
  path: string
  title: string
  sign: string
  entries: Entry[]
}

const may = (page: Page) => page.listed !== false && (!page.roles || hasRole(...page.roles))

/** Those who only look are not offered to register. */
function mayView(view: View): boolean {
  return view.kind !== 'capture' || session.grants.some(({ role }) => role !== 'observer')
}

/** Sections with their entries: what the packs bring first, as it is opened daily. */
export function sections(): ShownSection[] {
  const shown = MENU.map(({ path, title, sign, pages }) => {
    const brought = views().filter((view) => `/${view.menu}` === path && mayView(view))
    const fixed = pages.filter(may).map((page) => ({ key: page.name, title: page.title, to: { name: page.name } }))
    const own = brought.map((view) => ({ key: `view.${view.key}`, title: view.title, to: toView(view) }))
    return { path, title, sign, entries: [...own, ...fixed] }
  })
  return shown.filter(({ entries }) => entries.length)
}

/** «处置 · 台账»: what the path and the window say of a page. */
export function placeOf(route: RouteLocationNormalizedLoaded): string[] {
  const { meta, params, name } = route
  if (name !== 'view') return [...new Set([meta.section, meta.title].filter((word) => word !== undefined))]
  const view = views().find(({ key }) => key === params['view'])
  const section = MENU.find(({ path }) => path === `/${String(params['menu'])}`)
  return [section?.title, view?.title].filter((word) => word !== undefined)
}
