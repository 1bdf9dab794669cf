/** The phone pages. */
import { createApp } from 'vue'
import 'vant/es/style/base.css'
import '@shared/ui/tokens.css'
import './theme.css'
import { reloadWhenStale } from '@shared/ui/stale'
import App from './App.vue'
import { startOffline } from './keep/offline'
import { keepSession } from './keep/start'
import { startQueue } from './queue'
import { router } from './router'
import { showType } from './shell/type'

showType()
reloadWhenStale()
keepSession()
createApp(App).use(router).mount('#app')
void startQueue()
startOffline()
