package dev.lockstep.participant.branch;

/** What a branch is to its global transaction. */
public enum Role {
    /** The first branch enlisted: its commit is the decision, and its database keeps the decision row. */
    COMMIT_POINT('C'),
    /** Any other branch: it follows the decision. */
    FOLLOWER('F');

    private final char letter;

    Role(char letter) {
        this.letter = letter;
    }

    char letter() {
        return letter;
    }

    static Role of(char letter) {
        for (Role role : values()) {
            if (role.letter == letter) {
                return role;
            }
        }
        throw new IllegalArgumentException("A branch qualifier begins with C or F, not with " + letter);
    }
}
