/** The console: for desks. */
import { createApp } from 'vue'
import '@shared/ui/tokens.css'
import '@shared/ui/print.css'
import './theme.css'
import App from './App.vue'
import { router } from './router'

createApp(App).use(router).mount('#app')
