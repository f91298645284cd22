/** The folder in which a server keeps everything. */
package dev.lockstep.launcher.data;
