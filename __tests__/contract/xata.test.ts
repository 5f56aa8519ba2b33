import { xataPlatform } from '../providers/xata/stage.js'
import { describeProvider } from './provider.js'

describeProvider('Xata', () => xataPlatform())
