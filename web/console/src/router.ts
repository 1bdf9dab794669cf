/** Routes made of the menu; every page but the sign-in waits for a session. */
import { restore, session } from '@shared/session/session'
import { paintBeforePages } from '@shared/ui/paint'
import { createRouter, createWebHistory, type RouteRecordRaw, type Router, type RouterHistory } from 'vue-router'
import { MENU } from './menu'

declare module 'vue-router' {
  interface RouteMeta {
    title?: string
    section?: string
    /** May be opened without a session. */
    open?: boolean
    /** Waits for the catalogue. */
    packs?: boolean
  }
}

function pages(): RouteRecordRaw[] {
  return MENU.flatMap((section) =>
    section.pages.map((page) => ({
      path: page.path ? `${section.path}/${page.path}` : section.path,
      name: page.name,
      component: page.load,
      meta: { title: page.title, section: section.title, packs: page.packs === true },
    })),
  )
}

export function makeRouter(history: RouterHistory): Router {
  const router = createRouter({
    history,
    routes: [
      {
        path: '/sign-in',
        name: 'sign-in',
        component: () => import('./pages/entry/SignInPage.vue'),
        meta: { title: '登录', open: true },
      },
      {
        path: '/password',
        name: 'password',
        component: () => import('./pages/entry/PasswordPage.vue'),
        meta: { title: '修改密码' },
      },
      {
        path: '/',
        component: () => import('./shell/Shell.vue'),
        children: [
          { path: '', redirect: { name: 'work' } },
          ...pages(),
          {
            path: ':menu(collect|assess|act|report)/v/:view',
            name: 'view',
            component: () => import('./pages/views/ViewPage.vue'),
            meta: { packs: true },
          },
          {
            path: ':rest(.*)*',
            name: 'nowhere',
            component: () => import('./pages/entry/NowherePage.vue'),
            meta: { title: '没有这一页' },
          },
        ],
      },
    ],
  })
  router.beforeEach(async (to) => {
    // Without a connection the page itself says so.
    await restore().catch(() => undefined)
    if (to.meta.open || !session.known) return true
    if (!session.signedIn) return { name: 'sign-in', query: { from: to.fullPath } }
    if (session.mustChange && to.name !== 'password') return { name: 'password' }
    return true
  })
  paintBeforePages(router)
  return router
}

export const router = makeRouter(createWebHistory('/'))
