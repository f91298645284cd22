/** The picture: a sample of the transactions, sent to browsers as they happen. */
package dev.lockstep.picture;
