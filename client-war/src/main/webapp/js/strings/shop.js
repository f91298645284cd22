import { learn } from '../language.js';
import { en } from './shop.en.js';
import { zh } from './shop.zh.js';

learn({ en, zh });
