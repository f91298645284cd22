package dev.lockstep.examples.bank;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** All resources of a server answer below {@code /api}, and take JSON alone: so no page of another site can write here. */
@ApplicationPath("/api")
public class Api extends Application {}
