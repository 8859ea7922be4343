import { InsiderConnectDemo } from './insider-connect.demo.js';
import { SourceImportDemo } from './source-import.demo.js';

/** The parts of the demo workspace, in the order in which they are made: ids count up along it. */
export const DEMO_SECTIONS = [InsiderConnectDemo, SourceImportDemo] as const;
