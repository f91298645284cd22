package dev.lockstep.benchmarks.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the application; the environment tells where it listens and how it reaches the databases. */
@SpringBootApplication
public class NarayanaShop {

    /**
     * Starts it.
     *
     * @param arguments Spring's
     */
    public static void main(String[] arguments) {
        SpringApplication.run(NarayanaShop.class, arguments);
    }
}
