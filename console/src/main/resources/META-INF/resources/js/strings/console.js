import { learn } from '../language.js';
import { en } from './console.en.js';
import { zh } from './console.zh.js';

learn({ en, zh });
