package dev.lockstep.flow.registry;

import dev.lockstep.flow.observe.FlowRecords;
import dev.lockstep.flow.observe.ServerFlows;
import dev.lockstep.flow.record.FlowRecorder;
import dev.lockstep.flow.record.PeersRecords;
import dev.lockstep.flow.wire.Message;
import dev.lockstep.flow.wire.Reply;

/** Shows this server's flows to its console and to peers, from the first application with flows to the last. */
final class Display implements AutoCloseable {

    private final OpenFlows flows;
    private final FlowRecorder recorder = FlowRecorder.begin();

    Display(Here here, OpenFlows flows) {
        this.flows = flows;
        ServerFlows.answer(flows);
        ServerFlows.askBy(new PeersRecords(here.node(), here.peers()::named, here.outbox(), recorder));
    }

    Reply answer(Message.Events question) {
        return recorder.answer(question);
    }

    @Override
    public void close() {
        ServerFlows.askBy(FlowRecords.NONE);
        ServerFlows.stopAnswering(flows);
        recorder.close();
    }
}
