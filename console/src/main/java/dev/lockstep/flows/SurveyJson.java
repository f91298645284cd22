package dev.lockstep.flows;

import dev.lockstep.flow.observe.FlowCounters;
import dev.lockstep.flow.observe.FlowSurvey;
import dev.lockstep.flow.observe.OpenFlow;
import dev.lockstep.flow.observe.PeerContact;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A look at this server's flows, as {@code /api/flows} tells it. */
final class SurveyJson {

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private SurveyJson() {}

    static JsonObject of(FlowSurvey survey, Instant now) {
        return JSON.createObjectBuilder()
                .add("on", survey.isOn())
                .add("server", survey.server())
                .add("flows", array(survey.flows(), flow -> flow(flow, now)))
                .add("peers", array(survey.peers(), SurveyJson::peer))
                .add("counters", counters(survey.counters()))
                .build();
    }

    private static JsonObjectBuilder flow(OpenFlow flow, Instant now) {
        JsonArrayBuilder subordinates = JSON.createArrayBuilder();
        flow.subordinates().forEach(subordinates::add);
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("flow", flow.flow().toString())
                .add("handle", flow.handle())
                .add("globalId", flow.globalId())
                .add("superior", flow.superior())
                .add("subordinates", subordinates)
                .add("state", flow.state().name())
                .add("stateMillis", millis(flow.since(), now))
                .add("began", flow.began().toString())
                .add("ageMillis", millis(flow.began(), now))
                .add("part", flow.part().name())
                .add("commitPoint", flow.commitPoint())
                .add("decision", flow.decision())
                .add("waits", array(flow.waits(), wait -> wait(wait, now)));
        flow.deadline().ifPresent(deadline -> json.add("deadline", deadline.toString()));
        return json;
    }

    private static JsonObjectBuilder wait(OpenFlow.Wait wait, Instant now) {
        return JSON.createObjectBuilder()
                .add("whom", wait.whom())
                .add("kind", wait.kind().name())
                .add("millis", millis(wait.since(), now))
                .add("because", wait.because());
    }

    private static JsonObjectBuilder peer(PeerContact peer) {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("name", peer.name())
                .add("reachable", peer.isReachable())
                .add("reason", peer.isReachable() ? "" : peer.reason());
        peer.heard().ifPresent(heard -> json.add("heard", heard.toString()));
        peer.failed().ifPresent(failed -> json.add("failed", failed.toString()));
        peer.skew().ifPresent(skew -> json.add("skewMillis", skew.toMillis()));
        return json;
    }

    private static JsonObjectBuilder counters(FlowCounters counters) {
        JsonObjectBuilder refusals = JSON.createObjectBuilder();
        counters.refusals().forEach((reason, count) -> refusals.add(reason.name(), count));
        return JSON.createObjectBuilder()
                .add("patienceRollbacks", counters.patienceRollbacks())
                .add("inDoubtAnswers", counters.inDoubtAnswers())
                .add("refusals", refusals);
    }

    private static long millis(Instant since, Instant now) {
        return Math.max(0, Duration.between(since, now).toMillis());
    }

    private static <T> JsonArrayBuilder array(List<T> all, Function<T, JsonObjectBuilder> json) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        all.forEach(one -> array.add(json.apply(one)));
        return array;
    }
}
