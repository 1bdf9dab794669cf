/** The phone pages. */
import { createApp } from 'vue'
import 'vant/es/style/base.css'
import '@shared/ui/tokens.css'
import './theme.css'
import App from './App.vue'
import { router } from './router'

createApp(App).use(router).mount('#app')
