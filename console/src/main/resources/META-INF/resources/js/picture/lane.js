/** Lanes of several servers: a lane's name is that of the coordinator or of a database, and where there are servers, its own. No DOM here. */

export const laneAt = (name, server) => `${name}@${server}`;

/** The name without the server. */
export const nameIn = (lane) => lane.split('@')[0];

/** The server, or nothing where there is but one. */
export const serverIn = (lane) => lane.split('@')[1] ?? '';
