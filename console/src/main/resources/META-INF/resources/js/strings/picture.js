import { learn } from '../language.js';
import { en } from './picture.en.js';
import { zh } from './picture.zh.js';

learn({ en, zh });
