/** WCF's {@code TransactionFlow} and {@code TransactionScope} for Jakarta REST. */
package dev.lockstep.flow;
