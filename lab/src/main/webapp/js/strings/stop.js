import { learn } from '../language.js';
import { en } from './stop.en.js';
import { zh } from './stop.zh.js';

learn({ en, zh });
