import { learn } from '../language.js';
import { en } from './journal.en.js';
import { zh } from './journal.zh.js';

learn({ en, zh });
