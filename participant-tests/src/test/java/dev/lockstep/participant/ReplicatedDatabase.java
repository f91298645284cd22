package dev.lockstep.participant;

import dev.lockstep.testing.StreamingStandby;

/** The product database on a server that answers a commit only when its standby has it; one pair for all tests of a run. */
final class ReplicatedDatabase {

    private static ReplicatedDatabase current;

    private final RealDatabase primary;
    private final StreamingStandby standby;
    private boolean isFailedOver;

    private ReplicatedDatabase(RealDatabase primary) {
        this.primary = primary;
        this.standby = StreamingStandby.of(primary.superuser());
    }

    /** The pair, streaming. After a fail-over it is the server that was promoted, with a new standby. */
    static ReplicatedDatabase inOrder() {
        if (current == null) {
            current = new ReplicatedDatabase(RealDatabase.start("product"));
        } else if (current.isFailedOver) {
            current = new ReplicatedDatabase(current.onStandby());
        }
        current.standby.join();
        return current;
    }

    RealDatabase primary() {
        return primary;
    }

    RealDatabase onStandby() {
        return primary.on(standby);
    }

    StreamingStandby standby() {
        return standby;
    }

    /** Promotes the standby, and fences nobody. */
    void failOver() {
        isFailedOver = true;
        standby.part();
        standby.promote();
    }

    boolean isFailedOver() {
        return isFailedOver;
    }
}
