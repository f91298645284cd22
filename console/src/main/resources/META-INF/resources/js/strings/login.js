import { learn } from '../language.js';
import { en } from './login.en.js';
import { zh } from './login.zh.js';

learn({ en, zh });
