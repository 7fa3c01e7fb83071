/** Installs what the tests need from the system, beside `npm test`. */
import { provideSystem } from './system.ts';

provideSystem();
