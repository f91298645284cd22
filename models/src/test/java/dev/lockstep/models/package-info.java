/**
 * Has Spin explore the protocols' models, {@code models/*.pml}: within a small bound in every build, in full with {@code mvn verify
 * -Pmodels}. A new model is a file beside the others and an entry in {@link dev.lockstep.models.Model#ALL}.
 */
package dev.lockstep.models;
