/** The console: for desks. */
import { createApp } from 'vue'
import '@shared/ui/tokens.css'
import '@shared/ui/print.css'
import './theme.css'
import { reloadWhenStale } from '@shared/ui/stale'
import App from './App.vue'
import { router } from './router'

reloadWhenStale()
createApp(App).use(router).mount('#app')
