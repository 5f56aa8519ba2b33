import { xataLitePlatform } from '../providers/xata-lite/stage.js'
import { describeProvider } from './provider.js'

describeProvider('Xata Lite', xataLitePlatform)
