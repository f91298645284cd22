package dev.lockstep.launcher.start;

import dev.lockstep.launcher.console.Reason;
import dev.lockstep.launcher.console.Steps;
import dev.lockstep.launcher.data.DataFolder;
import dev.lockstep.launcher.payara.PayaraMicro;
import dev.lockstep.launcher.postgres.PostgresBinaries;
import dev.lockstep.launcher.process.Supervision;
import java.io.IOException;
import java.util.stream.Stream;

/**
 * What follows when all serve, for this start's memory and for the next start's time. The start is done, so whatever fails is only told.
 *
 * @param folder the launcher's
 * @param steps where it is told
 * @param supervision of what was started
 */
public record Aftermath(DataFolder folder, Steps steps, Supervision supervision) {

    /**
     * Does it.
     *
     * @param payara a server that serves; others have the same class path
     */
    public void of(PayaraMicro payara) {
        giveMemoryBack();
        hasten(payara);
        dropEarlierVersions(payara);
    }

    /** To start takes memory that to watch does not; after a collection the system gets it back. */
    private static void giveMemoryBack() {
        System.gc();
    }

    private void hasten(PayaraMicro payara) {
        try {
            if (payara.hasten()) {
                steps.say("From now on " + payara.name() + " starts faster: its classes are archived");
            }
        } catch (RuntimeException e) {
            if (!supervision.isStopping()) {
                steps.say("Warning: " + payara.name() + " will not start faster than this time. " + e.getMessage());
            }
        }
    }

    /** What an upgrade has left: hundreds of megabytes that this folder's only launcher has just done without. */
    private void dropEarlierVersions(PayaraMicro payara) {
        try {
            Stream.concat(
                            payara.dropEarlierVersions().stream(),
                            PostgresBinaries.dropEarlierVersions(folder.path("")).stream())
                    .forEach(dropped -> steps.say("Removed " + dropped + " of another version"));
        } catch (IOException e) {
            steps.say("Warning: what another version left was not removed: " + Reason.of(e));
        } catch (RuntimeException e) {
            steps.say("Warning: what another version left was not removed: " + e.getMessage());
        }
    }
}
