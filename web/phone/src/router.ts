/** The phone's pages; all but the sign-in wait for a session. */
import { restore, session } from '@shared/session/session'
import { createRouter, createWebHistory } from 'vue-router'

export const router = createRouter({
  history: createWebHistory('/m/'),
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
    {
      path: '/',
      component: () => import('./shell/PhoneShell.vue'),
      children: [
        { path: '', redirect: { name: 'register' } },
        {
          path: 'register',
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
  await restore().catch(() => undefined)
  if (to.meta['open'] || !session.known) return true
  if (!session.signedIn) return { name: 'sign-in', query: { from: to.fullPath } }
  if (session.mustChange && to.name !== 'password') return { name: 'password' }
  return true
})
router.afterEach((to) => {
  document.title = `${String(to.meta['title'] ?? '')} · 研判`
})
