package dev.lockstep.participant.observe;

import java.util.List;

/**
 * One look at all participant databases that this process knows. They are asked one after the other, so a transaction may show up in one
 * of them only.
 *
 * @param branches the prepared branches of the databases that answered
 * @param silent the databases that did not
 */
public record Survey(List<BranchInDoubt> branches, List<SilentDatabase> silent) {

    /** Takes copies of the lists. */
    public Survey {
        branches = List.copyOf(branches);
        silent = List.copyOf(silent);
    }
}
