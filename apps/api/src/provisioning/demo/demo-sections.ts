import { FeelbackDemo } from './feelback.demo.js';
import { InsiderConnectDemo } from './insider-connect.demo.js';

/** The parts of the demo workspace, in the order in which they are made: ids count up along it. */
export const DEMO_SECTIONS = [InsiderConnectDemo, FeelbackDemo] as const;
