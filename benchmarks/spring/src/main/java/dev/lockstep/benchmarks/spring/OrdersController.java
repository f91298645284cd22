package dev.lockstep.benchmarks.spring;

import java.net.URI;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Takes orders as the shop does, and does nothing else. */
@RestController
class OrdersController {

    private final Placement placement;

    OrdersController(Placement placement) {
        this.placement = placement;
    }

    /** Tells that the application is there. */
    @GetMapping("/api/orders")
    ResponseEntity<Void> isThere() {
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/api/orders")
    ResponseEntity<String> order(@RequestBody Wish wish) {
        UUID id = UUID.randomUUID();
        try {
            placement.place(id, wish);
        } catch (RuntimeException e) {
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body(e.toString());
        }
        return ResponseEntity.created(URI.create("/api/orders/" + id)).body("{\"orderId\":\"" + id + "\"}");
    }
}
