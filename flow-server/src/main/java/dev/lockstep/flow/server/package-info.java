/** What an application's filters ask of this server's part in the flows: {@link dev.lockstep.flow.server.FlowServer} is the door. */
package dev.lockstep.flow.server;
