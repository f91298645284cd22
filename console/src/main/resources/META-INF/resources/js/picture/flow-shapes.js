import { isForgetting, resultOfLetter } from './flow.js';
import { laneAt } from './lane.js';
import { branchShapes, clientShapes, coordinatorShapes, decisionShapes, stepShapes } from './shapes.js';

/** From a story with machines to what is to be drawn: each machine has a coordinator's lane and those of its databases. No DOM here. */

const databasesOf = ({ steps }) => [...new Set(steps.map(({ participant }) => participant).filter(Boolean))];

export const flowLanesOf = (story) => [
  ...(clientShapes(story).length ? ['client'] : []),
  ...story.machines.flatMap((machine) => [laneAt('coordinator', machine.server), ...databasesOf(machine)]),
];

export const flowShapesOf = (story) => [
  ...clientShapes(story),
  ...story.machines.flatMap((machine) => machineShapes(machine, story)),
  ...story.steps.flatMap(stepShapes),
  ...story.letters.flatMap(letterShapes),
  ...decisionShapes(story),
];

function machineShapes(machine, story) {
  const lane = laneAt('coordinator', machine.server);
  if (machine.isMissing) {
    return [{ form: 'unheard', lane, from: 0, until: story.end, isMissing: machine.reason !== '' }];
  }
  const letters = machine.messages.filter((message) => !isForgetting(message)).map(({ from, to }) => ({ kind: 'LETTER', from, to }));
  const busy = [...machine.steps.filter(({ kind }) => kind !== 'REQUEST'), ...letters];
  const part = { ...machine, steps: busy.sort((a, b) => a.from - b.from), isOver: story.isOver, end: story.end };
  return [...coordinatorShapes(part, lane), ...databasesOf(machine).flatMap((database) => branchShapes(part, database))];
}

function letterShapes(letter, index) {
  const { kind, call, sender, receiver, from, to, received, replied } = letter;
  if (!receiver) {
    return [{ form: 'alone', kind, lane: laneAt('coordinator', sender), at: from, letter: index }];
  }
  const shape = { form: 'letter', kind, call, lane: laneAt('coordinator', sender), to: laneAt('coordinator', receiver), from, until: to, letter: index };
  return [{ ...shape, received, replied, result: resultOfLetter(letter) }];
}
