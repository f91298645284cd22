import { replaceContent, setText } from './element.js';
import { say, timeOfDay } from './language.js';

const TOLD_ALOUD = ['stale', 'live', 'polling'];

/** One small line that says how fresh the page is. It is read out only when that changes for longer than a moment. */
export class LiveLine {
  #line;
  #announcement;
  #announced = 'live';

  constructor(line, announcement) {
    this.#line = line;
    this.#announcement = announcement;
  }

  /** `away` are the databases that do not answer the server. */
  show(state, away) {
    const kind = state.kind === 'live' && away.length ? 'away' : state.kind;
    this.#line.dataset.state = kind;
    setText(this.#line, kind === 'away' ? away.map(absence).join(' ') : words(state));
    if (TOLD_ALOUD.includes(kind) && kind !== this.#announced) {
      this.#announced = kind;
      this.announce(say(`live.${kind}.aloud`));
    } else if (kind === 'away' && this.#announced !== 'away') {
      this.#announced = 'away';
      this.announce(this.#line.textContent);
    }
  }

  /** Lets a screen reader say something when it has nothing else to say. */
  announce(text) {
    replaceContent(this.#announcement, text);
  }
}

const absence = ({ database, since }) => say('live.away', { database: say(`live.database.${database}`), time: timeOfDay(since) });

function words({ kind, seconds }) {
  return kind === 'stale' && seconds >= 120 ? say('live.staleMinutes', { minutes: Math.floor(seconds / 60) }) : say(`live.${kind}`, { seconds });
}
