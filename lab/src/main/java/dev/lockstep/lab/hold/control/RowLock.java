package dev.lockstep.lab.hold.control;

import java.util.Optional;

/**
 * Who has a row locked.
 *
 * @param xid the transaction's number in that database
 * @param pid the server process at work for it; empty once it is prepared, when it belongs to no process
 * @param application what that process's client calls itself
 * @param gid the prepared transaction's name, empty before
 */
public record RowLock(String xid, Optional<Integer> pid, Optional<String> application, Optional<String> gid) {}
