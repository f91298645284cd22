import { learn } from '../language.js';
import { en } from './subject.en.js';
import { zh } from './subject.zh.js';

learn({ en, zh });
