/** The phone pages. */
import { createApp } from 'vue'
import 'vant/es/style/base.css'
import '@shared/ui/tokens.css'
import './theme.css'
import { reloadWhenStale } from '@shared/ui/stale'
import App from './App.vue'
import { router } from './router'

reloadWhenStale()
createApp(App).use(router).mount('#app')
