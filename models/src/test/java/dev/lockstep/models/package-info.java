/**
 * Has Spin explore the protocols' models, {@code models/*.pml}. Every build explores a small bound, {@code mvn verify -Pmodels} all of it. A
 * new model is a file beside the others, and an entry in {@link dev.lockstep.models.Model#ALL}.
 */
package dev.lockstep.models;
