/** The phone's pages; all but the sign-in wait for a session. */
import { session } from '@shared/session/session'
import { paintBeforePages } from '@shared/ui/paint'
import { createRouter, createWebHistory } from 'vue-router'
import { ready } from './keep/start'

export const router = createRouter({
  history: createWebHistory('/m/'),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    {
      path: '/sign-in',
      name: 'sign-in',
      component: () => import('./pages/SignInPage.vue'),
      meta: { title: '登录', open: true },
    },
    {
      path: '/password',
      name: 'password',
      component: () => import('./pages/PasswordPage.vue'),
      meta: { title: '修改密码' },
    },
    { path: '/capture/:view', component: () => import('./pages/CapturePage.vue'), meta: { title: '登记' } },
    { path: '/scan', component: () => import('./pages/ScanPage.vue'), meta: { title: '扫地点码' } },
    { path: '/cases/:kind', component: () => import('./pages/ListPage.vue'), meta: { title: '列表' } },
    { path: '/cases/:kind/:id', component: () => import('./pages/CasePage.vue'), meta: { title: '事项' } },
    { path: '/cases/:kind/:id/:verb', component: () => import('./pages/ActPage.vue'), meta: { title: '办理' } },
    {
      path: '/returns/:round/:period/:unit',
      component: () => import('./pages/ReturnPage.vue'),
      meta: { title: '填报' },
    },
    { path: '/notices', component: () => import('./pages/NoticesPage.vue'), meta: { title: '提醒' } },
    { path: '/devices', component: () => import('./pages/DevicesPage.vue'), meta: { title: '登录的设备' } },
    {
      path: '/',
      component: () => import('./shell/PhoneShell.vue'),
      children: [
        { path: '', redirect: { name: 'register' } },
        {
          path: 'register',
          alias: 'r',
          name: 'register',
          component: () => import('./pages/RegisterPage.vue'),
          meta: { title: '登记' },
        },
        { path: 'tasks', name: 'tasks', component: () => import('./pages/TasksPage.vue'), meta: { title: '待办' } },
        { path: 'me', name: 'me', component: () => import('./pages/MePage.vue'), meta: { title: '我的' } },
        { path: ':rest(.*)*', redirect: { name: 'register' } },
      ],
    },
  ],
})

router.beforeEach(async (to) => {
  // Without a connection the page itself says so.
  await ready()
  if (to.meta['open'] || (!session.known && !session.signedIn)) return true
  if (!session.signedIn) return { name: 'sign-in', query: { from: to.fullPath } }
  if (session.mustChange && to.name !== 'password') return { name: 'password' }
  return true
})
paintBeforePages(router)
router.afterEach((to) => {
  document.title = `${String(to.meta['title'] ?? '')} · 研判`
})
