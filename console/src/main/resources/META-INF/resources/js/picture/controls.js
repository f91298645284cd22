import { element } from '../element.js';
import { say } from '../language.js';
import { Replay } from './replay.js';

const FINENESS = 1000;

/** The buttons of a replay. Who wants less motion steps through it; nothing then moves by itself. */
export function replayControls(replay, momentText) {
  const play = button('picture.replay.play', () => (replay.isPlaying ? replay.halt() : replay.play()), 'primary-small play');
  play.id = 'replay-play';
  const back = button('picture.replay.back', () => replay.step(-1));
  const on = button('picture.replay.on', () => replay.step(1));
  back.id = 'replay-back';
  on.id = 'replay-on';
  const speed = element(
    'select',
    { id: 'replay-speed', className: 'play-speed' },
    ...Replay.speeds.map((slower) => new Option(say('picture.replay.speed', { speed: String(slower) }), slower)),
  );
  speed.value = String(replay.speed);
  speed.setAttribute('aria-label', say('picture.replay.speedLabel'));
  speed.addEventListener('change', () => (replay.speed = Number(speed.value)));
  const slider = element('input', { type: 'range', min: 0, max: FINENESS, id: 'replay-place', className: 'replay-place' });
  slider.setAttribute('aria-label', say('picture.replay.place'));
  slider.addEventListener('input', () => {
    replay.pause();
    replay.goTo(slider.value / FINENESS);
  });
  const moment = element('output', { className: 'replay-moment' });
  return {
    nodes: [element('div', { className: 'replay' }, play, back, on, speed, moment), slider],
    show(millis, place) {
      slider.value = Math.round(place * FINENESS);
      slider.setAttribute('aria-valuetext', momentText(millis));
      moment.textContent = momentText(millis);
      play.textContent = say(replay.isPlaying ? 'picture.replay.pause' : 'picture.replay.play');
    },
  };
}

function button(key, act, className = 'small') {
  const made = element('button', { type: 'button', className }, say(key));
  made.addEventListener('click', act);
  return made;
}
